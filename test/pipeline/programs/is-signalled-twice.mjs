import { loggerTo, logMany } from './settings.mjs';

logMany(loggerTo('api-server'), 1_000);
setInterval(() => undefined, 1_000);
process.kill(process.pid, 'SIGTERM');
process.kill(process.pid, process.env.SECOND ?? 'SIGINT');
