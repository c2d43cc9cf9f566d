import { App } from 'aws-cdk-lib';
import { CloudAssembly, CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { resourceTypes, stableResources, withoutBundling } from '../support/template.js';
import { examples } from './example-stacks.js';

afterAll(() => CloudAssembly.cleanupTemporaryDirectories());

describe.each(examples)('the stack of %s', (_name, stackIn, types) => {
  test('is as it was', () => {
    const stack = stackIn(new App({ context: withoutBundling }));

    expect(stableResources(stack)).toMatchSnapshot();
  });

  test('has these resources in an app as `cdk init` makes it', () => {
    const stack = stackIn(new App({ context: { ...CURRENTLY_RECOMMENDED_FLAGS, ...withoutBundling } }));

    expect(resourceTypes(stack)).toEqual(types);
  });
});
