import cluster from 'node:cluster';
import { loggerTo, logMany } from './settings.mjs';

const logger = loggerTo(process.env.STREAM_NAME);
if (cluster.isPrimary) {
  logMany(logger, 500);
  for (const firstId of [500, 750]) cluster.fork({ FIRST_ID: String(firstId) });
} else {
  logMany(logger, 250, Number(process.env.FIRST_ID));
  cluster.worker.disconnect();
}
