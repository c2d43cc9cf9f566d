/** Handles SIGHUP itself, as a program that reads its configuration again, and goes on until it is told to end. */
import { loggerTo, logMany } from './settings.mjs';

const logger = loggerTo('api-server');
logMany(logger, 500);
process.on('SIGHUP', async () => {
  while (logger.stats().delivered < 500) await new Promise((resolve) => setTimeout(resolve, 10));
  logMany(logger, 500, 500);
  process.kill(process.pid, 'SIGTERM');
});
setInterval(() => undefined, 1_000);
console.log('ready');
