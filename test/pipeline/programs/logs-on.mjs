/** Goes on logging while the signal is handled. */
import { loggerTo, logMany } from './settings.mjs';

const logger = loggerTo('api-server');
logMany(logger, 900);
setInterval(() => undefined, 1_000);
process.kill(process.pid, 'SIGTERM');
setImmediate(() => setImmediate(() => logMany(logger, 100, 900)));
