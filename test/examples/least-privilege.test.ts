import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { FunctionsStack } from '../../examples/lambda/stack.js';
import { proveWriter } from '../../local/policies/index.js';
import { simulate } from '../lib/role-proof.js';
import { withoutBundling } from '../support/template.js';

// The simulator reads what it knows about the services with its first call.
jest.setTimeout(60_000);

const template = Template.fromStack(
  new FunctionsStack(new App({ context: withoutBundling }), 'Functions'),
).toJSON();

/** What the role of a function may do beyond writing its logs. */
async function excessOf(role: string): Promise<readonly string[]> {
  const { violations } = await proveWriter(template, { simulate, role, region: 'eu-central-1' });
  return violations;
}

test.each(['PlainRole', 'LambdaDeliversRole', 'MiddyRole', 'StreamingRole', 'ConcurrentRole'])(
  '%s may write its logs and do nothing else',
  async (role) => {
    expect(await excessOf(role)).toEqual([]);
  },
);

test('the role of the batch may besides take messages of its queue', async () => {
  expect(await excessOf('BatchRole')).toEqual(
    Array(5).fill(expect.stringMatching(/ allows sqs:\w+ on \S+Payments/)),
  );
});

test('the role of the durable function may besides do what the SDK for it does', async () => {
  expect(await excessOf('DurableRole')).toEqual(
    Array(2).fill(expect.stringMatching(/ allows lambda:\w+DurableExecution\w* on \S+Durable/)),
  );
});
