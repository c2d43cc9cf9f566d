/** Logs in a thread of the application, which no signal reaches. */
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

if (isMainThread) {
  const worker = new Worker(fileURLToPath(import.meta.url));
  worker.on('message', (listening) => console.log(`ready, listening: ${listening}`));
} else {
  const { loggerTo, logMany } = await import('./settings.mjs');
  logMany(loggerTo('api-server'), 1_000);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort.postMessage(process.listenerCount('SIGTERM'));
  setInterval(() => undefined, 1_000);
}
