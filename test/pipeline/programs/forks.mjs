import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loggerTo, logMany } from './settings.mjs';

const logger = loggerTo(process.env.STREAM_NAME);
if (process.argv[2] === 'child') logMany(logger, 500, 500);
else {
  logMany(logger, 500);
  fork(fileURLToPath(import.meta.url), ['child'], { stdio: 'inherit' });
}
