import { withDurableExecution, type DurableContext } from '@aws/durable-execution-sdk-js';
import { getLogger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';

interface Order {
  readonly orderId: string;
}

const logger = getLogger();

/** Charges an order, and ships it a minute later in another invocation, which does not log again what the first one did. */
async function fulfil({ orderId }: Order, context: DurableContext): Promise<string> {
  context.configureLogger({ customLogger: logger });
  context.logger.info('order received', { orderId });
  await context.step('charge', async (step) => {
    step.logger.info('order charged', { orderId });
  });
  await context.wait('packing', { minutes: 1 });
  context.logger.info('order shipped', { orderId });
  return 'shipped';
}

export const handler = withLambda(withDurableExecution(fulfil));
