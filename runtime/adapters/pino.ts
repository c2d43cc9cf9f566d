import { EventEmitter } from 'node:events';
import { CloudWatchSink } from '../sink.js';
import type { CloudWatchSinkOptions } from '../sink-options.js';
import { finishedLine } from './pino-line.js';

/** The sink's settings; as pino hands them to a worker thread, they are plain values. */
export interface PinoTransportOptions extends Omit<CloudWatchSinkOptions, 'onDiagnostic' | 'onRejected'> {
  /**
   * Whether `"level":30` becomes `"level":"info"`, as the construct's alarms and queries expect. Nothing else of a line is
   * changed.
   * @default true
   */
  readonly levelNames?: boolean | undefined;
  /**
   * Lowest level of pino's lines that is taken. A level of one's own counts as the next lower one of pino's, a line
   * without a level as `info`.
   * @default `trace`
   */
  readonly level?: CloudWatchSinkOptions['level'];
  /**
   * Has an effect only where the application makes the transport itself, in its own thread: the worker thread in which pino
   * runs a target hears no signals.
   * @default false
   */
  readonly installSignalHandlers?: CloudWatchSinkOptions['installSignalHandlers'];
}

/** Pino waits ten seconds for the end of a transport when the process exits; what is left by then must be on stderr. */
const CLOSE_DEADLINE_MS = 7_000;

/** What pino adds to the options. */
const PINO_MEMBERS = new Set(['$context', 'pinoWillSendConfig']);

/** What pino's worker thread writes to. */
export interface PinoTransport extends EventEmitter {
  write(text: string): boolean;
  flush(): Promise<void>;
  end(): void;
}

/**
 * A transport for pino, which runs it in a worker thread. Settings that are not given come from the environment.
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
  return new SinkTransport(new CloudWatchSink(settings), levelNames);
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

  /** Takes text as it comes, cut anywhere. The sink bounds what waits, so there is never a reason to stop. */
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
