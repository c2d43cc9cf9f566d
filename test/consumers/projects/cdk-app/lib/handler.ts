import { getLogger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';

interface Order {
  readonly id: number;
}

const logger = getLogger();

export const handler = withLambda(async ({ id }: Order) => {
  logger.info('order placed', { id });
  return { id };
});
