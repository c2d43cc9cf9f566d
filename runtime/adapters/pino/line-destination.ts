import { EventEmitter } from 'node:events';
import type { DeliveryReport } from '../../delivery-report.js';
import type { Caller, SinkEdges } from '../../edges.js';
import { guarded } from '../../serialize/guard.js';
import type { CloudWatchSink } from '../../sink.js';
import type { CloseOptions } from '../../sink-port.js';
import { finishedLines, type FinishedLinesOptions } from '../lines/finished-lines.js';
import type { LineIntake } from '../lines/line-intake.js';
import type { LineReader } from '../lines/line-reader.js';
import type { LineSplitter } from '../lines/line-splitter.js';

/** Takes the lines of pino, in its worker thread or in that of the application. */
export class LineDestination extends EventEmitter {
  /** By this, pino knows it as a stream where it is the only argument. */
  readonly writable = true;
  readonly #sink: CloudWatchSink;
  readonly #reader: LineReader;
  readonly #intake: LineIntake<string>;
  readonly #closeDeadlineMs: number;

  /**
   * @param caller who takes the options
   * @param maxCloseMs the longest that the end waits for deliveries
   * @throws SettingsError naming every setting that is malformed or missing.
   */
  constructor(
    caller: Caller,
    options: FinishedLinesOptions,
    edges: Partial<SinkEdges> = {},
    maxCloseMs = Infinity,
  ) {
    super();
    const taking = {
      onPiece: (text: string, lines: LineSplitter) => lines.push(isText(text) ? text : lineOf(text)),
      onLine: (line: string) => this.#deliver(line),
    };
    const { sink, reader, intake } = finishedLines(caller, options, taking, edges);
    this.#sink = sink;
    this.#reader = reader;
    this.#intake = intake;
    this.#closeDeadlineMs = Math.min(maxCloseMs, sink.shutdownDeadlineMs);
  }

  /** Takes text that may be cut anywhere. Always returns `true`, because the sink bounds what waits. */
  write(text: string): boolean {
    const { pieces } = this.#intake;
    // No call: the stack of the application may be full.
    pieces[pieces.length] = text;
    try {
      this.#intake.take();
    } catch {
      // The next call takes it.
    }
    return true;
  }

  async flush(done?: (error?: Error) => void): Promise<void> {
    this.#intake.take();
    await this.#sink.flush();
    done?.();
  }

  end(done?: () => void): void {
    if (done) this.once('close', done);
    void this.close();
  }

  async close({ deadlineMs = this.#closeDeadlineMs }: CloseOptions = {}): Promise<DeliveryReport> {
    this.#intake.end();
    const report = await this.#sink.close({ deadlineMs });
    this.emit('close');
    return report;
  }

  stats(): DeliveryReport {
    this.#intake.take();
    return this.#sink.stats();
  }

  #deliver(line: string): void {
    this.#sink.writeLine(this.#reader.read(line) ?? this.#reader.readText(line));
  }
}

function isText(piece: unknown): piece is string | Uint8Array {
  return typeof piece === 'string' || piece instanceof Uint8Array;
}

/** pino writes text. Whatever else comes is not lost. */
function lineOf(piece: unknown): string {
  return `${guarded(() => JSON.stringify(piece), undefined) ?? guarded(() => String(piece), '[unreadable]')}\n`;
}
