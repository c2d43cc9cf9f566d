import type { EventEmitter } from 'node:events';
import { assertNoProblems } from '../../../contract/problems.js';
import type { CloudWatchInput } from '../../../contract/sections.js';
import { clientsForThread } from '../../send/given-client-problems.js';
import { shapeProblems } from '../../settings/unknown-options.js';
import type { CloudWatchSinkOptions } from '../../sink-options.js';
import type { FinishedLinesOptions } from '../lines/finished-lines.js';
import { LineDestination } from './line-destination.js';

/** Settings of the sink, as plain values, since pino passes them to a worker thread. */
export interface PinoTransportOptions extends Omit<
  FinishedLinesOptions,
  'onDiagnostic' | 'onRejected' | 'client' | 'clientConfig'
> {
  /** As for the sink. A client of your own cannot be given here: pino passes the options to a worker thread. */
  readonly client?: CloudWatchInput['client'];
  /**
   * The lowest level that is delivered. A custom level counts as pino's next lower one, a line without a level as `info`.
   * @default `trace`
   */
  readonly level?: CloudWatchSinkOptions['level'];
  /**
   * Whether to deliver what waits before SIGTERM, SIGINT or SIGHUP ends the process. Has an effect only if the application makes the
   * transport in its own thread: the worker thread in which pino runs a target receives no signals.
   * @default true
   */
  readonly installSignalHandlers?: CloudWatchSinkOptions['installSignalHandlers'];
}

/** pino waits ten seconds for a transport when the process exits. By then, undelivered lines must be on stderr. */
const CLOSE_DEADLINE_MS = 7_000;

const IN_PROCESS = 'give it to pinoStream(…), which runs in the thread of the application';

const OF = 'pino transport';

/** Options that pino adds. */
const PINO_MEMBERS = new Set(['$context', 'pinoWillSendConfig']);

/** The stream to which pino's worker thread writes. */
export interface PinoTransport extends EventEmitter {
  /** Takes lines of pino, and answers at once. */
  write(text: string): boolean;
  /** Resolves once what was written before is settled. */
  flush(): Promise<void>;
  /** Delivers what waits, and closes. */
  end(): void;
}

/**
 * A transport for pino, which runs in pino's worker thread. Settings that are not given come from the environment.
 *
 * ```ts
 * const logger = pino(pino.transport({ target: 'fapilog-cloudwatch/pino', options: { region: 'us-west-2' } }));
 * ```
 *
 * @throws SettingsError naming every setting that is malformed or missing.
 */
export function pinoTransport(options: PinoTransportOptions = {}): PinoTransport {
  assertNoProblems(shapeProblems(OF, options));
  const own = Object.entries(options).filter(([key]) => !PINO_MEMBERS.has(key));
  const settings = Object.fromEntries(own);
  assertNoProblems(clientsForThread(OF, settings, IN_PROCESS));
  return new LineDestination({ of: OF }, settings, { isClosedBeforeEnd: true }, CLOSE_DEADLINE_MS);
}
