import { Writable } from 'node:stream';
import { LEVELS, type Level } from '../../../contract/levels.js';
import { assertNoProblems } from '../../../contract/problems.js';
import type { DeliveryReport } from '../../delivery-report.js';
import { quietly } from '../../io/quietly.js';
import { getLogger } from '../../logger/get-logger.js';
import { takeRecord, type GivenRecord } from '../../logger/given-record.js';
import type { Logger } from '../../logger/logger.js';
import type { CloudWatchSink } from '../../sink.js';
import type { FlushOptions } from '../../sink-port.js';
import { finishedLines, type FinishedLinesOptions } from '../lines/finished-lines.js';
import type { LineReader } from '../lines/line-reader.js';
import { LineSplitter } from '../lines/line-splitter.js';
import { levelOf } from '../lines/recognized-line.js';
import { givenObject } from './given-object.js';

export interface CloudWatchStreamOptions extends FinishedLinesOptions {
  /**
   * The lowest level that is delivered. It is that of a line of JSON, as far as it is recognized, else `textLevel`.
   * @default `trace`
   */
  readonly level?: FinishedLinesOptions['level'];
  /** The level of a line that is no object of JSON. @default 'info' */
  readonly textLevel?: string | undefined;
}

type Done = (error?: Error | null) => void;

/** Nothing waits in the stream itself: the sink bounds what waits. */
const NO_BOUND = 2 ** 30;

/**
 * A stream for the lines of any program or library, such as bunyan, morgan or log4js. A line of JSON keeps its bytes, and its time and
 * level are recognized; any other line is the message of a record, with the fields, the redaction and the filters that the environment
 * says. An object, as bunyan writes it with `type: 'raw'`, is a record, too. `docs/loggers/stream.md` has what is recognized.
 *
 * `write` never throws, and `error` is never emitted, not even after the end. `write` takes everything, and returns `false` while half
 * of the memory bound is in use: a pipe waits then, and a logger need not.
 *
 * ```ts
 * app.use(morgan('combined', { stream: new CloudWatchStream({ logGroupName: '/myapp/access' }) }));
 * ```
 *
 * @throws SettingsError naming every option that nobody knows, and every setting that is malformed or missing.
 */
export class CloudWatchStream extends Writable {
  readonly #sink: CloudWatchSink;
  readonly #reader: LineReader;
  readonly #logger: Logger;
  readonly #textLevel: Level;
  readonly #lines = new LineSplitter((line) => this.#takeLine(line));
  #closing: Promise<unknown> | undefined;
  #isWaiting = false;

  constructor(options: CloudWatchStreamOptions = {}) {
    super({ decodeStrings: false, highWaterMark: NO_BOUND });
    const { textLevel = 'info', ...others } = options;
    this.#textLevel = knownLevel(textLevel);
    const { sink, reader, settings } = finishedLines(others);
    this.#sink = sink;
    this.#reader = reader;
    this.#logger = getLogger({ settings, sinks: [sink] });
  }

  /** Takes text, bytes in UTF-8, or an object; see the class. */
  override write(chunk: unknown, done?: Done): boolean;
  override write(chunk: unknown, encoding: BufferEncoding, done?: Done): boolean;
  override write(chunk: unknown, encodingOrDone?: BufferEncoding | Done, done?: Done): boolean {
    const [encoding, callback] =
      typeof encodingOrDone === 'function'
        ? (['utf8', encodingOrDone] as const)
        : ([encodingOrDone, done] as const);
    // Node.js would throw for an object, and emit an error after the end.
    if (isText(chunk) && !this.writableEnded && !this.destroyed)
      super.write(chunk, encoding ?? 'utf8', callback);
    else {
      this.#take(chunk, encoding);
      if (callback) process.nextTick(callback);
    }
    return this.#hasRoom();
  }

  /** Resolves once everything written so far is settled, but for a line that has not ended, or at the deadline. */
  async flush(options?: FlushOptions): Promise<DeliveryReport> {
    await this.#logger.flush(options);
    return this.#sink.stats();
  }

  /** The account as of now. */
  stats(): DeliveryReport {
    return this.#sink.stats();
  }

  /** @internal */
  override _write(chunk: string | Uint8Array, encoding: BufferEncoding, done: Done): void {
    this.#take(chunk, encoding);
    done();
  }

  /** @internal */
  override async _final(done: Done): Promise<void> {
    await this.#close();
    done();
  }

  /** @internal */
  override async _destroy(error: Error | null, done: Done): Promise<void> {
    await this.#close();
    done(error);
  }

  #close(): Promise<unknown> {
    this.#lines.end();
    return (this.#closing ??= this.#logger.close({ deadlineMs: this.#sink.shutdownDeadlineMs }));
  }

  #take(chunk: unknown, encoding?: BufferEncoding): void {
    // The stack of the application may be full.
    quietly(() => {
      if (typeof chunk === 'string')
        this.#lines.push(isUtf8(encoding) ? chunk : Buffer.from(chunk, encoding));
      else if (chunk instanceof Uint8Array) this.#lines.push(chunk);
      else if (typeof chunk === 'object' && chunk !== null) this.#record(givenObject(chunk, Date.now()));
      else this.#takeLine(String(chunk));
    });
  }

  #takeLine(line: string): void {
    const finished = line.trimStart().startsWith('{') ? this.#reader.read(line) : undefined;
    if (finished) return this.#sink.writeLine(finished);
    const { timeMs, line: message } = this.#reader.readText(line);
    this.#record({ timeMs, level: this.#textLevel, content: () => ({ message, fields: undefined }) });
  }

  #record(record: GivenRecord): void {
    this.#logger[takeRecord](record);
  }

  /** Whether a producer who can wait need not. */
  #hasRoom(): boolean {
    if (!this.#sink.needsDrain) return true;
    if (!this.#isWaiting) void this.#announceRoom();
    return false;
  }

  async #announceRoom(): Promise<void> {
    this.#isWaiting = true;
    await this.#sink.ready();
    this.#isWaiting = false;
    this.emit('drain');
  }
}

function isText(chunk: unknown): chunk is string | Uint8Array {
  return typeof chunk === 'string' || chunk instanceof Uint8Array;
}

/** Text of other encodings, such as `hex`, stands for bytes. */
function isUtf8(encoding: string | undefined): boolean {
  return encoding === undefined || /^(?:utf-?8|buffer)$/i.test(encoding);
}

function knownLevel(name: unknown): Level {
  const level = typeof name === 'string' ? levelOf(name) : undefined;
  if (level === undefined) {
    const allowed = LEVELS.join(', ');
    assertNoProblems([{ where: 'new CloudWatchStream: options.textLevel', value: name, allowed }]);
  }
  return level ?? 'info';
}
