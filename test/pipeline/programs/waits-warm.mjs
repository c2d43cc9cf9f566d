/** Waits for a signal once the sink has loaded what it needs, and the log stream is there. */
import { loggerTo, logMany } from './settings.mjs';

const logger = loggerTo('api-server');
logMany(logger, 1);
await logger.flush();
logMany(logger, 999, 1);
setInterval(() => undefined, 1_000);
process.stdout.write('ready\n');
