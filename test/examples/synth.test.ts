import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/imports.js';
import { stackNames, withSynthesized } from '../support/synthesized.js';

/** The stacks of every example that is an app of its own; that of the Lambda function is the app of cdk.json. */
const stacksOf: Readonly<Record<string, readonly string[]>> = {
  'adopt-existing': ['Adopting'],
  'cross-account': ['LogAccount', 'Orders'],
  'ec2-instance': ['Machine'],
  'ecs-fargate': ['Fargate'],
  'eks-export': ['Pods'],
};

test('every example that is an app is here', () => {
  const examples = readdirSync(join(root, 'examples')).filter((name) =>
    existsSync(join(root, 'examples', name, 'app.ts')),
  );

  expect(examples.toSorted()).toEqual(Object.keys(stacksOf));
});

test.each(Object.entries(stacksOf))(
  'the CDK CLI synthesizes %s without credentials',
  (name, names) => {
    // GIVEN what `npm run build` makes
    const app = `node dist/esm/examples/${name}/app.js`;

    withSynthesized(['--app', app], ({ status, stderr, directory }) => {
      expect({ status, stderr }).toEqual({ status: 0, stderr });
      expect(stackNames(directory)).toEqual(names);
    });
  },
  120_000,
);
