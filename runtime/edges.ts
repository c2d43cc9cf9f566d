import type { CloudWatchValues, ValuesOf } from '../contract/sections.js';
import type { Problem } from '../contract/problems.js';
import type { Clock } from './io/clock.js';
import type { LogsPort } from './send/port.js';
import type { Restraint } from './send/restraint.js';

/** How the thread that makes the calls is run. */
export interface WorkerOptions {
  /** The file that the thread runs. @default - the one of the package, or `fapilog-worker` beside the bundle */
  readonly file?: string | URL | undefined;
  /**
   * How long the end of the process, such as `process.exit()`, waits for deliveries, in milliseconds.
   *
   * @default 5000, or `shutdownDeadlineSeconds` if that is less
   */
  readonly exitDeadlineMs?: number | undefined;
}

/** The settings that say which service writes, and whether the process may ask where it runs. */
export interface ServiceSettings {
  readonly app: ValuesOf<'app'>;
  readonly core: Pick<ValuesOf<'core'>, 'enrich'> & Partial<Pick<ValuesOf<'core'>, 'metricsNamespace'>>;
}

/** The call of this package that takes a sink's options, as messages name it. */
export interface Caller {
  /** Such as `captureConsole`. */
  readonly of: string;
  /** Its options that are not the sink's, for whoever misspells one. */
  readonly own?: readonly string[];
  /** What is wrong with those, to be said with what is wrong with the sink's. */
  readonly problems?: readonly Problem[];
}

/** What a sink is made with besides its public options: by the logger, and by tests. */
export interface SinkEdges {
  /** Settings that are checked and complete, in place of the options. */
  readonly settings: CloudWatchValues;
  /** Of the same settings. @default - none: calls name no service */
  readonly service: ServiceSettings;
  /** Whether a thread makes the calls. @default - the application's own thread does */
  readonly worker: WorkerOptions | undefined;
  /** Whether who runs this thread lets the sink close before it ends the thread. @default false */
  readonly isClosedBeforeEnd: boolean;
  /** The process is about to end: writes what waits before the sink. @default - nothing does */
  readonly handOn: (() => void) | undefined;
  /** @default - the constructor of the sink */
  readonly caller: Caller;
  readonly port: LogsPort;
  readonly clock: Clock;
  /** How the quotas of the account are spared. */
  readonly restraint: Restraint;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Writes, and says whether it could. */
  readonly writeStderr: (text: string) => boolean;
}

const edgesOfOptions = new WeakMap<object, Partial<SinkEdges>>();

/** A copy of the sink's options that carries edges, which no key of the options shows. */
export function withEdges<Options extends object>(options: Options, edges: Partial<SinkEdges>): Options {
  const copy = { ...options };
  edgesOfOptions.set(copy, edges);
  return copy;
}

export function edgesOf(options: object): Partial<SinkEdges> {
  return edgesOfOptions.get(options) ?? {};
}
