/** A primary and two workers that log and wait, all in one process group. */
import cluster from 'node:cluster';
import { loggerTo, logMany } from './settings.mjs';

const logger = loggerTo(undefined);
setInterval(() => undefined, 1_000);
if (cluster.isPrimary) {
  logMany(logger, 500);
  let ready = 0;
  for (const firstId of [500, 750]) {
    const worker = cluster.fork({ FIRST_ID: String(firstId) });
    worker.on('message', () => ++ready === 2 && console.log('ready'));
  }
} else {
  logMany(logger, 250, Number(process.env.FIRST_ID));
  process.send('ready');
}
