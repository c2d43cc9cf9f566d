import { pino } from 'pino';
import { lambdaRequestTracker, pinoLambdaDestination } from 'pino-lambda';

const logger = pino({}, pinoLambdaDestination());
const withRequest = lambdaRequestTracker();

export async function handler(event, context) {
  withRequest(event, context);
  logger.info({ eventId: event.eventId }, 'called');
  return 'done';
}
