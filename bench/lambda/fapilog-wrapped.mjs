import { getLogger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';

const logger = getLogger();

export const handler = withLambda(async ({ eventId }) => {
  logger.info('called', { eventId });
  return 'done';
});
