import { Logger } from '@aws-lambda-powertools/logger';
import { mark, tellMarks } from './marks.mjs';

mark('imported');
const logger = new Logger({ serviceName: 'checkout' });
logger.info('ready', { service: 'checkout' });
mark('logged');
tellMarks();
