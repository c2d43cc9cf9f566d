import { loggerTo, logMany, tellAccountOf } from './settings.mjs';

const { logger, sink } = loggerTo('api-server', { tellsAccount: false });
logMany(logger, 500);
process.on('exit', () => logMany(logger, 500, 500));
tellAccountOf(sink);
process.exit(0);
