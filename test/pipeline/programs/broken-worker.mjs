/** Logs with a worker that is none, as the first argument names it, and closes or exits as the second one says. */
import { fileURLToPath } from 'node:url';
import { logMany, workerLogger } from './worker-settings.mjs';

const [, , name, end] = process.argv;
const file = fileURLToPath(new URL(`broken-workers/${name}.mjs`, import.meta.url));
const logger = workerLogger({}, { file });
logMany(logger, 1_000);
if (end === 'closes') await logger.close({ deadlineMs: 30_000 });
const startedMs = Date.now();
process.on('exit', () =>
  console.log(JSON.stringify({ ...logger.stats(), waitedMs: Date.now() - startedMs })),
);
if (end === 'exits') process.exit(3);
