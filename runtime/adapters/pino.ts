import { EventEmitter } from 'node:events';
import { withEdges } from '../edges.js';
import { CloudWatchSink } from '../sink.js';
import type { CloudWatchSinkOptions } from '../sink-options.js';
import { finishedLine } from './pino-line.js';

/** Settings of the sink, as plain values, since pino passes them to a worker thread. */
export interface PinoTransportOptions extends Omit<CloudWatchSinkOptions, 'onDiagnostic' | 'onRejected'> {
  /**
   * Whether to write `"level":30` as `"level":"info"`, as the construct's alarms and queries expect. The rest of a line is not
   * changed.
   * @default true
   */
  readonly levelNames?: boolean | undefined;
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

/** Options that pino adds. */
const PINO_MEMBERS = new Set(['$context', 'pinoWillSendConfig']);

/** The stream to which pino's worker thread writes. */
export interface PinoTransport extends EventEmitter {
  write(text: string): boolean;
  flush(): Promise<void>;
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
export default function pinoTransport(options: PinoTransportOptions = {}): PinoTransport {
  const own = Object.entries(options).filter(([key]) => !PINO_MEMBERS.has(key));
  const { levelNames = true, ...settings } = Object.fromEntries(own) as PinoTransportOptions;
  const sink = new CloudWatchSink(withEdges(settings, { isClosedBeforeEnd: true }));
  return new SinkTransport(sink, levelNames);
}

class SinkTransport extends EventEmitter implements PinoTransport {
  readonly #sink: CloudWatchSink;
  readonly #levelNames: boolean;
  #rest = '';

  constructor(sink: CloudWatchSink, levelNames: boolean) {
    super();
    this.#sink = sink;
    this.#levelNames = levelNames;
  }

  /** Takes text that may be cut anywhere. Always returns `true`, because the sink bounds what waits. */
  write(text: string): boolean {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop()!;
    for (const line of lines) this.#deliver(line);
    return true;
  }

  async flush(): Promise<void> {
    await this.#sink.flush();
  }

  end(): void {
    this.#deliver(this.#rest);
    this.#rest = '';
    const deadlineMs = Math.min(CLOSE_DEADLINE_MS, this.#sink.shutdownDeadlineMs);
    void this.#sink.close({ deadlineMs }).then(() => this.emit('close'));
  }

  #deliver(line: string): void {
    if (line !== '') this.#sink.writeLine(finishedLine(line, this.#levelNames));
  }
}
