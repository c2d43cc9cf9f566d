import { pino } from 'pino';
import { mark, tellMarks } from './marks.mjs';

mark('imported');
const logger = pino();
logger.info({ service: 'checkout' }, 'ready');
mark('logged');
tellMarks();
