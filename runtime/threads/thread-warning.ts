import type { CloudWatchValues } from '../../contract/sections.js';
import type { Report } from '../io/diagnostics.js';
import { isWorkerThread } from '../io/exit-hook.js';

/** Once for all sinks of a thread. */
let hasWarned = false;

/** What runs in worker threads by itself, where nobody can do anything about it that is not done: a host, a runner of tests. */
const HOSTS = ['AWS_LAMBDA_MAX_CONCURRENCY', 'VITEST'];

/** Whether an end of this thread from outside would lose what waits in a sink: always, unless each event is on disk before. */
export function isEndangered({ spoolDir, spoolMode }: CloudWatchValues): boolean {
  const isOnDisk = spoolDir !== undefined && spoolMode === 'always';
  return isWorkerThread() && !isOnDisk && HOSTS.every((variable) => process.env[variable] === undefined);
}

export function warnOfThread(report: Report): void {
  if (hasWarned) return;
  hasWarned = true;
  report(
    'thread',
    'this worker thread logs with a sink of its own: if the thread is ended from outside (worker.terminate(), process.exit() in the main ' +
      'thread, a pool), what waits is lost and not counted. Before, call flushWorkers() in the main thread or await logger.flush() in ' +
      "this one; or set spoolDir and spoolMode 'always'",
  );
}
