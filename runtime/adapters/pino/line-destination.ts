import { EventEmitter } from 'node:events';
import type { DeliveryReport } from '../../delivery-report.js';
import { quietly } from '../../io/quietly.js';
import type { CloudWatchSink } from '../../sink.js';
import type { CloseOptions } from '../../sink-port.js';
import type { FinishedLines } from '../lines/finished-lines.js';
import type { LineReader } from '../lines/line-reader.js';
import { LineSplitter } from '../lines/line-splitter.js';

/** Takes the lines of pino, in its worker thread or in that of the application. */
export class LineDestination extends EventEmitter {
  /** By this, pino knows it as a stream where it is the only argument. */
  readonly writable = true;
  readonly #sink: CloudWatchSink;
  readonly #reader: LineReader;
  readonly #closeDeadlineMs: number;
  readonly #lines = new LineSplitter((line) => this.#deliver(line));

  /** @param maxCloseMs the longest that the end waits for deliveries */
  constructor({ sink, reader }: Pick<FinishedLines, 'sink' | 'reader'>, maxCloseMs = Infinity) {
    super();
    this.#sink = sink;
    this.#reader = reader;
    this.#closeDeadlineMs = Math.min(maxCloseMs, sink.shutdownDeadlineMs);
  }

  /** Takes text that may be cut anywhere. Always returns `true`, because the sink bounds what waits. */
  write(text: string): boolean {
    // The stack of the application may be full.
    quietly(() => this.#lines.push(text));
    return true;
  }

  async flush(done?: (error?: Error) => void): Promise<void> {
    await this.#sink.flush();
    done?.();
  }

  end(done?: () => void): void {
    if (done) this.once('close', done);
    void this.close();
  }

  async close({ deadlineMs = this.#closeDeadlineMs }: CloseOptions = {}): Promise<DeliveryReport> {
    this.#lines.end();
    const report = await this.#sink.close({ deadlineMs });
    this.emit('close');
    return report;
  }

  stats(): DeliveryReport {
    return this.#sink.stats();
  }

  #deliver(line: string): void {
    this.#sink.writeLine(this.#reader.read(line) ?? this.#reader.readText(line));
  }
}
