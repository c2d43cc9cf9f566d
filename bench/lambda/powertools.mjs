import { Logger } from '@aws-lambda-powertools/logger';

const logger = new Logger({ serviceName: 'bench' });

export async function handler({ eventId }, context) {
  logger.addContext(context);
  logger.info('called', { eventId });
  return 'done';
}
