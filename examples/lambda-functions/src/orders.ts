import { getLogger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';

interface Order {
  readonly items: readonly { readonly price: number }[];
}

const logger = getLogger();

/** Adds up an order. Its lines, and that of an error, are delivered before Lambda freezes the process. */
export const handler = withLambda(async (order: Order) => {
  const total = order.items.reduce((sum, { price }) => sum + price, 0);
  logger.info('order handled', { total });
  return { total };
});
