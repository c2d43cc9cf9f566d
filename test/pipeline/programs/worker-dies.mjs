/**
 * Loses its worker in the way that the argument names, goes on logging, and closes or exits as the second one says; the
 * third one has settings of the sink.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BroadcastChannel } from 'node:worker_threads';
import { logMany, tellAccountAtExit, workerLogger } from './worker-settings.mjs';

const [, , way, end, settings = '{}'] = process.argv;
const file = fileURLToPath(new URL('mortal-worker.mjs', import.meta.url));
let worker;
process.once('worker', (each) => (worker = each));
const logger = workerLogger(JSON.parse(settings), { file });
tellAccountAtExit(logger);

logMany(logger, 200);
await logger.flush();
logMany(logger, 300, 200);
if (way === 'isTerminated') await worker.terminate();
else {
  const fate = new BroadcastChannel('fate');
  fate.unref();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  fate.postMessage(way);
}
if (way !== 'throwsLater') await pause(300);
logMany(logger, 500, 500);
if (end === 'closes') await logger.close({ deadlineMs: 30_000 });
else process.exit(3);
