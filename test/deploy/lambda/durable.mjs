// Runs a durable execution with waits and a step that fails once, and logs through its context and without it. SERVICE_URL is the local
// server; WRAPPED says whether the handler is wrapped. Prints the operations as JSON.
import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { CloudWatchSink, getLogger } from '../../../dist/esm/runtime/index.js';
import { withLambda } from '../../../dist/esm/runtime/adapters/lambda.js';

await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true });

const logger = getLogger({
  settings: { core: { enrich: false } },
  sinks: [
    new CloudWatchSink({
      logGroupName: '/myapp/production',
      logStreamName: 'api-server',
      region: 'us-east-1',
      endpointUrl: process.env.SERVICE_URL,
      batchTimeoutSeconds: 0.05,
    }),
  ],
});
let invocations = 0;

const durable = withDurableExecution(async ({ order }, context) => {
  const invocation = ++invocations;
  context.configureLogger({ customLogger: logger });
  context.logger.info('order received', { order });
  logger.child({ order }).info('seen in each replay', { invocation });
  await context.step(
    'reserve',
    async ({ logger: own, attempt }) => {
      own.log('WARN', 'reserving', { order });
      logger.info('without the context, in a step', { order });
      if (attempt === 1) throw new Error('no stock');
    },
    { retryStrategy: (_, attempt) => ({ shouldRetry: attempt < 3, delay: { seconds: 1 } }) },
  );
  context.logger.info('reserved', { order });
  await context.wait('cooling', { seconds: 10 });
  await context.runInChildContext('ship', async (child) => {
    child.logger.info('shipping', { order });
    await child.step('label', async ({ logger: own }) => own.info('labelled', { order }));
    await child.wait({ seconds: 5 });
    child.logger.info('shipped', { order });
  });
  context.logger.info('order done', { order });
});
const handlerFunction = process.env.WRAPPED ? withLambda(durable, { logger }) : durable;

const orders = ['A', 'B', 'C'];
const executions = await Promise.all(
  orders.map((order) => new LocalDurableTestRunner({ handlerFunction }).run({ payload: { order } })),
);
await logger.close();
console.log(
  JSON.stringify({
    invocations,
    executions: executions.map((execution, index) => ({
      order: orders[index],
      status: execution.getStatus(),
      operations: execution
        .getOperations()
        .map((operation) => ({ id: operation.getId(), name: operation.getName() })),
    })),
  }),
);
await LocalDurableTestRunner.teardownTestEnvironment();
