import { getLogger } from 'fapilog-cloudwatch';

const logger = getLogger();

export async function handler({ eventId }) {
  logger.info('called', { eventId });
  await logger.flush();
  return 'done';
}
