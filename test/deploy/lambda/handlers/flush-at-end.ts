import { isMainThread, type Worker } from 'node:worker_threads';
import { flushWorkers } from 'fapilog-cloudwatch';

const workers = new Set<Worker>();

if (isMainThread) {
  process.on('worker', (worker) => workers.add(worker));
  process.once('SIGTERM', () => {
    void flushWorkers(workers, { deadlineMs: 2_000 }).then(() => process.exit(0));
  });
}
