/** Runs the durable example, which uses the built package, by the SDK's own test runner; prints the result and the number of invocations. */
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { handler } from '../../dist/build/examples/lambda/durable.js';

await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true });
const runner = new LocalDurableTestRunner({ handlerFunction: handler });
const execution = await runner.run({ payload: { orderId: 'o-1' } });
process.send({ result: execution.getResult(), invocations: execution.getInvocations().length });
await LocalDurableTestRunner.teardownTestEnvironment();
