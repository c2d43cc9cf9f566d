import type { ProgramOptions } from '../../support/program.js';

/** A way to end, and what has to become of the events by then. */
export interface Ending extends ProgramOptions {
  readonly name: string;
  readonly program: string;
  /** The model of its mechanics is played under all circumstances, the other endings under a few. */
  readonly isModel?: boolean;
  /** Exit status or signal. */
  readonly by: number | NodeJS.Signals;
  /** What there is time for: for anything, for synchronous work only, or for nothing. */
  readonly leaves: 'time' | 'a moment' | 'nothing';
  /** Text that Node itself leaves on stderr. */
  readonly says?: string;
  /** Processes that log; each has a log stream of its own unless `sharesStream`. */
  readonly processes?: number;
  readonly sharesStream?: boolean;
  /** Events that are logged in an `exit` listener, when sink and spool are closed. */
  readonly loggedAtExit?: number;
}

const withHandlers = { FAPILOG_CLOUDWATCH__INSTALL_SIGNAL_HANDLERS: 'true' };

/** Events that each ending logs. */
export const LOGGED = 1_000;

/** SIGTERM stands for SIGINT and SIGHUP: test/runtime/io/signal-watch.test.ts shows that the sink treats all three alike. */
export const endings: readonly Ending[] = [
  { name: 'has nothing more to do', program: 'just-ends.mjs', isModel: true, by: 0, leaves: 'time' },
  { name: '`await logger.close()`', program: 'closes.mjs', by: 0, leaves: 'time' },
  { name: '`process.exit(0)`', program: 'calls-exit.mjs', isModel: true, by: 0, leaves: 'a moment' },
  {
    name: '`process.exit(3)` in the middle of a burst',
    program: 'calls-exit-in-a-burst.mjs',
    by: 3,
    leaves: 'a moment',
  },
  {
    name: '`process.exit(0)`, and its own `exit` listener logs on',
    program: 'logs-at-exit.mjs',
    loggedAtExit: 500,
    by: 0,
    leaves: 'a moment',
  },
  {
    name: 'an exception that nobody catches',
    program: 'throws.mjs',
    isModel: true,
    by: 1,
    leaves: 'a moment',
    says: 'Error: nobody catches this',
  },
  {
    name: 'a rejection that nobody handles',
    program: 'rejects.mjs',
    by: 1,
    leaves: 'a moment',
    says: 'Error: nobody catches this',
  },
  {
    name: 'SIGTERM, `installSignalHandlers`',
    program: 'waits.mjs',
    isModel: true,
    signal: 'SIGTERM',
    env: withHandlers,
    by: 'SIGTERM',
    leaves: 'time',
  },
  {
    name: 'SIGTERM, `installSignalHandlers`, and it logs on meanwhile',
    program: 'logs-on.mjs',
    env: withHandlers,
    by: 'SIGTERM',
    leaves: 'time',
  },
  {
    name: 'SIGTERM, `installSignalHandlers`, then SIGINT at once',
    program: 'is-signalled-twice.mjs',
    env: withHandlers,
    by: 'SIGINT',
    leaves: 'a moment',
  },
  {
    name: 'SIGTERM, handled by the application, which closes',
    program: 'handles-signal.mjs',
    signal: 'SIGTERM',
    by: 7,
    leaves: 'time',
  },
  {
    name: 'the same, with `installSignalHandlers`',
    program: 'handles-signal.mjs',
    signal: 'SIGTERM',
    env: withHandlers,
    by: 7,
    leaves: 'time',
  },
  // To the program, SIGINT, SIGHUP and SIGKILL are the same: the kernel ends it.
  {
    name: 'SIGTERM that nobody handles',
    program: 'waits.mjs',
    signal: 'SIGTERM',
    by: 'SIGTERM',
    leaves: 'nothing',
  },
  {
    name: 'has nothing more to do, and stderr is closed',
    program: 'just-ends.mjs',
    isStderrClosed: true,
    by: 0,
    leaves: 'time',
  },
  {
    name: '`process.exit(0)`, and stderr is closed',
    program: 'calls-exit.mjs',
    isStderrClosed: true,
    by: 0,
    leaves: 'a moment',
  },
  { name: 'forked: parent and child', program: 'forks.mjs', by: 0, leaves: 'time', processes: 2 },
  {
    name: 'cluster: primary and two workers',
    program: 'clusters.mjs',
    by: 0,
    leaves: 'time',
    processes: 3,
  },
  {
    name: 'cluster, with one `logStreamName` for all',
    program: 'clusters.mjs',
    env: { STREAM_NAME: 'shared' },
    by: 0,
    leaves: 'time',
    processes: 3,
    sharesStream: true,
  },
];
