import type { ProgramOptions } from '../../support/program.js';
import { undisturbed, type Circumstances } from './circumstances.js';

/** A way to end, and what has to become of the events by then. */
export interface Ending extends ProgramOptions {
  readonly name: string;
  readonly program: string;
  /** The model of its mechanics is played under all circumstances, the other endings under a few. */
  readonly isModel?: boolean;
  /** @default - all for a model, few for the others */
  readonly circumstances?: readonly Circumstances[];
  /** Exit status or signal. */
  readonly by: number | NodeJS.Signals;
  /** What there is time for: for anything, for synchronous work only, or for nothing. */
  readonly leaves: 'time' | 'a moment' | 'nothing';
  /** Whether not even a worker thread is waited for. */
  readonly isHurried?: boolean;
  /** Text that Node itself leaves on stderr. */
  readonly says?: string;
  /** Processes that log; each has a log stream of its own unless `sharesStream`. */
  readonly processes?: number;
  readonly sharesStream?: boolean;
  /** Events that are logged in an `exit` listener, when sink and spool are closed. */
  readonly loggedAtExit?: number;
}

const withoutHandlers = { FAPILOG_CLOUDWATCH__INSTALL_SIGNAL_HANDLERS: 'false' };

/** Events that each ending logs. */
export const LOGGED = 1_000;

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
    name: 'SIGTERM',
    program: 'waits.mjs',
    isModel: true,
    signal: 'SIGTERM',
    by: 'SIGTERM',
    leaves: 'time',
  },
  { name: 'SIGHUP', program: 'waits.mjs', signal: 'SIGHUP', by: 'SIGHUP', leaves: 'time' },
  // Two seconds are little for a machine under load that has yet to load the SDK and to make the log stream.
  {
    name: 'SIGINT',
    program: 'waits-warm.mjs',
    signal: 'SIGINT',
    circumstances: undisturbed,
    by: 'SIGINT',
    leaves: 'time',
  },
  {
    name: 'SIGTERM, and it logs on meanwhile',
    program: 'logs-on.mjs',
    by: 'SIGTERM',
    leaves: 'time',
  },
  {
    name: 'SIGTERM, then SIGINT at once',
    program: 'is-signalled-twice.mjs',
    by: 'SIGINT',
    leaves: 'a moment',
    isHurried: true,
  },
  {
    name: 'SIGTERM, handled by the application, which closes',
    program: 'handles-signal.mjs',
    signal: 'SIGTERM',
    by: 7,
    leaves: 'time',
  },
  {
    name: 'the same, with `installSignalHandlers` off',
    program: 'handles-signal.mjs',
    signal: 'SIGTERM',
    env: withoutHandlers,
    by: 7,
    leaves: 'time',
  },
  // To the program, SIGKILL is the same: the kernel ends it.
  {
    name: 'SIGTERM that nobody handles, with `installSignalHandlers` off',
    program: 'waits.mjs',
    signal: 'SIGTERM',
    env: withoutHandlers,
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
