import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { KindsStack } from '../../examples/lambda/stack.js';
import { FunctionsStack } from '../../examples/lambda-functions/infra/stack.js';
import { proveWriter } from '../../local/policies/index.js';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { OrdersStack } from '../../examples/express-on-ecs/infra/stack.js';
import { simulate } from '../lib/role-proof.js';
import { withoutBundling } from '../support/template.js';

// The simulator reads what it knows about the services with its first call.
jest.setTimeout(60_000);

const functions = templateOf(new FunctionsStack(new App({ context: withoutBundling }), 'Functions'));
const kinds = templateOf(new KindsStack(new App({ context: withoutBundling }), 'Kinds'));

function templateOf(stack: Stack): unknown {
  return Template.fromStack(stack).toJSON();
}

/** What the role of a function may do beyond writing its logs. */
async function excessOf(template: unknown, role: string): Promise<readonly string[]> {
  const { violations } = await proveWriter(template, { simulate, role, region: 'eu-central-1' });
  return violations;
}

test.each([
  ['OrdersRole', functions],
  ['GreetingsRole', functions],
  ['LambdaDeliversRole', kinds],
  ['StreamingRole', kinds],
  ['ConcurrentRole', kinds],
])('%s may write its logs and do nothing else', async (role, template) => {
  expect(await excessOf(template, role)).toEqual([]);
});

test('the role of the payments may besides take messages of its queue', async () => {
  expect(await excessOf(functions, 'PaymentsRole')).toEqual(
    Array(5).fill(expect.stringMatching(/ allows sqs:\w+ on \S+Queue/)),
  );
});

test('the role of the durable function may besides do what the SDK for it does', async () => {
  expect(await excessOf(kinds, 'DurableRole')).toEqual(
    Array(2).fill(expect.stringMatching(/ allows lambda:\w+DurableExecution\w* on \S+Durable/)),
  );
});

test('the role of the Express service may write its own log streams and do nothing else', async () => {
  const image = ContainerImage.fromRegistry('orders');
  const service = Template.fromStack(new OrdersStack(new App(), 'Orders', { image })).toJSON();

  const { violations } = await proveWriter(service, {
    simulate,
    role: 'TaskTaskRole',
    streamPrefix: 'api/',
    region: 'eu-central-1',
  });
  expect(violations).toEqual([]);
});
