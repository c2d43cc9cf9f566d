import { getLogger } from 'fapilog-cloudwatch';

interface Order {
  readonly items: readonly { readonly price: number }[];
}

interface Context {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** Kept back from delivery, so that the function answers in time even if CloudWatch Logs does not. */
const RESERVE_MS = 500;

const logger = getLogger();

/** Logs what became of each order, and has it delivered before the runtime freezes the process: failures, too. */
export async function handler(order: Order, context: Context): Promise<{ readonly total: number }> {
  const requestId = context.awsRequestId;
  try {
    const total = order.items.reduce((sum, { price }) => sum + price, 0);
    logger.info('order handled', { requestId, total });
    return { total };
  } catch (error) {
    logger.error('order failed', { requestId, error });
    throw error;
  } finally {
    await logger.flush({ deadlineMs: context.getRemainingTimeInMillis() - RESERVE_MS });
  }
}
