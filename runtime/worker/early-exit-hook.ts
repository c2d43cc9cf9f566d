import { onProcessEnd } from '../io/exit-hook.js';
import { writeStderr } from '../io/stderr.js';
import { reasonOf } from '../serialize/guard.js';

/**
 * To be loaded before the library's side of the worker. That ends the worker in an `exit` listener of its own, and at an
 * error tells the other thread, which ends it as well: what has to happen first has to be registered first. As long as
 * this is not called, every task of the exit hook is.
 */
export const leaveEarlyExitHook = onProcessEnd({ beforeExit: () => undefined, exit: () => undefined });

const fail = (error: unknown): void => {
  writeStderr(`fapilog-cloudwatch: the worker thread failed: ${reasonOf(error)} [worker]\n`);
  process.exit(1);
};

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
