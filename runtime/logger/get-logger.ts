import { Settings } from '../settings/settings.js';
import type { Sink } from '../sink-port.js';
import type { WorkerChoice } from '../sinks/make-builtin-sink.js';
import { Logger } from './logger.js';
import { makePipeline } from './make-pipeline.js';
import type { Serializers } from './serializers.js';

export interface LoggerOptions {
  /** @default - from the environment, then the SSM parameter that `FAPILOG_CONFIG_SSM` names, then the file that `FAPILOG_CONFIG_FILE` names */
  readonly settings?: Settings | undefined;
  /** Sinks made by the caller, in place of those that the settings name. */
  readonly sinks?: readonly Sink[] | undefined;
  /**
   * Whether the sink `cloudwatch` runs in a worker thread. `file` says what the worker runs, where an application is
   * bundled and its bundle of `fapilog-cloudwatch/worker` is not beside it under the name `fapilog-worker`;
   * `exitDeadlineMs` says how long the end of the process waits for it. Sinks made by the caller stay where they are.
   * @default - `core.worker` of the settings, which is false
   */
  readonly worker?: WorkerChoice | undefined;
  /**
   * Functions that replace the value of a field by its name, as in pino: `{ user: (user) => user.id }`. The one for `err` gets
   * errors.
   * @default - none: each value is written as `docs/logger.md` says
   */
  readonly serializers?: Serializers | undefined;
}

/** The key of the shared logger: the ESM and the CommonJS copy of this package in a process use the same one. */
const SHARED = Symbol.for('fapilog-cloudwatch.environment-logger');

interface Shared {
  [SHARED]?: Logger | undefined;
}

/**
 * Returns a logger. Without options, the settings come from the environment, and all calls share one pipeline until it is closed. A
 * name becomes the field `logger` of the lines. With options, each call makes a pipeline of its own.
 *
 * Where `FAPILOG_CONFIG_SSM` is set, the first call blocks the thread until the parameter is read, unless
 * `await Settings.load()` came before.
 *
 * @throws SettingsError naming every setting that is malformed or missing.
 */
export function getLogger(nameOrOptions?: string | LoggerOptions): Logger {
  if (typeof nameOrOptions === 'object') return makeLogger(nameOrOptions);
  const shared = globalThis as Shared;
  const open = shared[SHARED]?.isClosed ? undefined : shared[SHARED];
  const logger = (shared[SHARED] = open ?? makeLogger({}));
  return nameOrOptions === undefined ? logger : logger.child({ logger: nameOrOptions });
}

function makeLogger({ settings, sinks, worker, serializers }: LoggerOptions): Logger {
  const known = settings ?? new Settings({}, { requireComplete: sinks === undefined });
  return new Logger(makePipeline(known, sinks, worker), { level: known.core.logLevel, serializers });
}
