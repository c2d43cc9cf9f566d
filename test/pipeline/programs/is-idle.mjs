import { loggerTo, logMany } from './settings.mjs';

const logger = loggerTo('api-server');
logMany(logger, 10);
await logger.flush();
console.log('ready');
