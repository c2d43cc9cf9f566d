/** The worker of the package, which dies on request. */
import { BroadcastChannel } from 'node:worker_threads';

// oxlint-disable-next-line import/no-unassigned-import -- a program of its own
import '../../../dist/esm/runtime/worker/fapilog-worker.js';

const fate = new BroadcastChannel('fate');
fate.unref();
fate.addEventListener('message', ({ data: way }) => {
  if (way === 'throws') setTimeout(() => Promise.reject(new Error('the worker broke')), 0);
  if (way === 'throwsLater') setTimeout(() => Promise.reject(new Error('the worker broke')), 1_000);
  if (way === 'hangs') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
