/** Is not done when its event loop is empty and its sink has given up to wait: it goes on until SIGCONT, and logs again. */
import { loggerTo, logMany } from './settings.mjs';

const logger = loggerTo('api-server');
logMany(logger, 500);
let rounds = 0;
process.on('beforeExit', () => {
  rounds++;
  if (rounds !== 2) return;
  const waiting = setInterval(() => undefined, 1_000);
  process.once('SIGCONT', () => {
    logMany(logger, 500, 500);
    clearInterval(waiting);
  });
  console.log('ready');
});
