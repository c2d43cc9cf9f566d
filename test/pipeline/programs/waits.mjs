import { loggerTo, logMany } from './settings.mjs';

logMany(loggerTo('api-server'), 1_000);
setInterval(() => undefined, 1_000);
process.stdout.write('ready\n');
