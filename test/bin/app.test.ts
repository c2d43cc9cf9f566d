import { App } from 'aws-cdk-lib';
import { CloudAssembly, CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { LoggingStack } from '../../examples/lambda-function/stack.js';
import { resourceTypes, stableResources, withoutBundling } from '../support/template.js';

afterAll(() => CloudAssembly.cleanupTemporaryDirectories());

describe('the app that cdk.json names', () => {
  const before = process.env['CDK_CONTEXT_JSON'];

  afterEach(() => {
    if (before === undefined) delete process.env['CDK_CONTEXT_JSON'];
    else process.env['CDK_CONTEXT_JSON'] = before;
  });

  test('has one stack, for the account and Region of whoever deploys it', async () => {
    process.env['CDK_CONTEXT_JSON'] = JSON.stringify(withoutBundling);

    const { app } = await import('../../bin/app.js');

    const stacks = app.synth().stacks.map(({ id, environment }) => [id, environment.name]);
    expect(stacks).toEqual([['HttpServiceLogging', 'aws://unknown-account/unknown-region']]);
  });
});

describe('the stack of the Lambda example', () => {
  test('is as it was', () => {
    const stack = new LoggingStack(new App({ context: withoutBundling }), 'HttpServiceLogging');

    expect(stableResources(stack)).toMatchSnapshot();
  });

  test('has one log group, one role and one policy: the platform logs there too', () => {
    const app = new App({ context: { ...CURRENTLY_RECOMMENDED_FLAGS, ...withoutBundling } });
    const stack = new LoggingStack(app, 'HttpServiceLogging');

    expect(resourceTypes(stack)).toEqual({
      'AWS::IAM::Policy': 1,
      'AWS::IAM::Role': 1,
      'AWS::Lambda::Function': 1,
      'AWS::Logs::LogGroup': 1,
    });
    expect(stack.fn.role).toBe(stack.logging.role);
  });
});
