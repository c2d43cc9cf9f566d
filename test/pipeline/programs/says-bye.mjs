/** Logs each time its event loop is empty, in listeners before and after those of the sink. */
import { loggerTo, logMany } from './settings.mjs';

let id = 1;
let logger;
process.on('beforeExit', () => id < 500 && logMany(logger, 1, id++));
logger = loggerTo('api-server', { tellsAccount: false });
logMany(logger, 1);
process.on('beforeExit', () => id < 500 && logMany(logger, 1, id++));
process.on('exit', () => console.log(JSON.stringify({ id, account: logger.stats() })));
