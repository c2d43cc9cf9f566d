import { loggerTo, logMany } from './settings.mjs';

logMany(loggerTo('api-server'), 1_000);
process.exit(0);
