import { loggerTo, logMany, tellAccountOf } from './settings.mjs';

const logger = loggerTo('api-server', { tellsAccount: false });
logMany(logger, 500);
process.on('exit', () => logMany(logger, 500, 500));
tellAccountOf(logger);
process.exit(0);
