import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/imports.js';
import { manifestIn, stackNames } from '../support/synthesized.js';

/**
 * The stacks of every example that is an app of this project; that of lambda-function is the app of cdk.json. Those with an `infra` folder are
 * whole programs, which test/consumers synthesizes.
 */
const stacksOf: Readonly<Record<string, readonly string[]>> = {
  'adopt-existing': ['Adopting'],
  'cross-account': ['LogAccount', 'Orders'],
  'ec2-instance': ['Machine'],
  'ecs-fargate': ['Fargate'],
  'eks-export': ['Pods'],
  lambda: ['Kinds'],
};

const names = Object.keys(stacksOf);
const home = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-examples-'));

afterAll(() => rmSync(home, { recursive: true }));

test('every example that is an app is here', () => {
  const examples = readdirSync(join(root, 'examples')).filter((name) =>
    existsSync(join(root, 'examples', name, 'app.ts')),
  );

  expect(examples.toSorted()).toEqual(names);
});

/** As the CDK CLI runs them, which test/bin/synth.test.ts shows; one process loads CDK once. */
describe('in an environment that knows nothing of AWS', () => {
  test('the examples run', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(__dirname, 'synthesize.mjs'), home, ...names],
      { env: { PATH: process.env['PATH'], HOME: home, AWS_EC2_METADATA_DISABLED: 'true' }, encoding: 'utf8' },
    );

    expect({ status, stderr }).toEqual({ status: 0, stderr });
  }, 120_000);

  test.each(Object.entries(stacksOf))(
    '%s has its stacks, and leaves the CLI nothing to look up',
    (name, stacks) => {
      const directory = join(home, name);

      expect(stackNames(directory)).toEqual(stacks);
      expect(manifestIn(directory).missing).toBeUndefined();
    },
  );
});
