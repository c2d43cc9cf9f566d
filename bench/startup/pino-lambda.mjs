import { pino } from 'pino';
import { pinoLambdaDestination } from 'pino-lambda';
import { mark, tellMarks } from './marks.mjs';

mark('imported');
const logger = pino({}, pinoLambdaDestination());
logger.info({ service: 'checkout' }, 'ready');
mark('logged');
tellMarks();
