import { loggerTo, logMany } from './settings.mjs';

const logger = loggerTo('api-server');
logMany(logger, 1_000);
process.stdout.write(`${JSON.stringify(await logger.close())}\n`);
