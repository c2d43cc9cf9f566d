import { Writable } from 'node:stream';
import { LEVELS, type Level } from '../../../contract/levels.js';
import { assertNoProblems } from '../../../contract/problems.js';
import type { DeliveryReport } from '../../delivery-report.js';
import { getLogger } from '../../logger/get-logger.js';
import { takeRecord, type GivenRecord } from '../../logger/given-record.js';
import type { LoggerAccount } from '../../logger/pipeline.js';
import type { Logger } from '../../logger/logger.js';
import { guarded } from '../../serialize/guard.js';
import { shapeProblems } from '../../settings/unknown-options.js';
import type { CloudWatchSink } from '../../sink.js';
import type { FlushOptions } from '../../sink-port.js';
import { finishedLines, type FinishedLinesOptions } from '../lines/finished-lines.js';
import type { LineIntake } from '../lines/line-intake.js';
import type { LineReader } from '../lines/line-reader.js';
import type { LineSplitter } from '../lines/line-splitter.js';
import { levelOf } from '../lines/recognized-line.js';
import { givenObject } from './given-object.js';

/** Settings of the sink, and how lines are read. */
export interface CloudWatchStreamOptions extends FinishedLinesOptions {
  /**
   * The lowest level that is delivered. It is that of a line of JSON, as far as it is recognized, else `textLevel`.
   * @default `trace`
   */
  readonly level?: FinishedLinesOptions['level'];
  /** The level of a line that is no object of JSON. @default 'info' */
  readonly textLevel?: string | undefined;
}

/** What became of the lines, and of the records that filters held back or that did not come to the sink. */
export type StreamReport = DeliveryReport & LoggerAccount;

/** What one call writes. */
interface Piece {
  readonly chunk: unknown;
  readonly encoding: BufferEncoding | undefined;
}

const OF = 'new CloudWatchStream';

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
  readonly #intake: LineIntake<Piece>;
  #closing: Promise<unknown> | undefined;
  #isWaiting = false;

  constructor(options: CloudWatchStreamOptions = {}) {
    super({ decodeStrings: false, highWaterMark: NO_BOUND });
    assertNoProblems(shapeProblems(OF, options));
    const { textLevel = 'info', ...others } = options;
    this.#textLevel = knownLevel(textLevel);
    const caller = { of: OF, own: ['textLevel'] };
    const { sink, intake, reader, settings } = finishedLines<Piece>(caller, others, {
      onPiece: (piece, lines) => this.#takePiece(piece, lines),
      onLine: (line) => this.#takeLine(line),
    });
    this.#sink = sink;
    this.#intake = intake;
    this.#reader = reader;
    this.#logger = getLogger({ settings, sinks: [sink] });
  }

  /** Takes text, bytes in UTF-8, or an object; see the class. */
  override write(chunk: unknown, done?: Done): boolean;
  override write(chunk: unknown, encoding: BufferEncoding, done?: Done): boolean;
  override write(chunk: unknown, encodingOrDone?: BufferEncoding | Done, done?: Done): boolean {
    const isCallback = typeof encodingOrDone === 'function';
    this.#take(chunk, isCallback ? undefined : encodingOrDone);
    // Not Node's own way, which throws for an object, emits an error after the end, and stands still for good once the stack was full.
    try {
      const callback = isCallback ? encodingOrDone : done;
      if (callback) process.nextTick(callback);
      return this.#hasRoom();
    } catch {
      return true;
    }
  }

  /** Resolves once everything written so far is settled, but for a line that has not ended, or at the deadline. */
  async flush(options?: FlushOptions): Promise<StreamReport> {
    this.#intake.take();
    await this.#logger.flush(options);
    return this.stats();
  }

  /** The account as of now. */
  stats(): StreamReport {
    this.#intake.take();
    // Of its only sink, a logger reports all.
    return this.#logger.stats() as StreamReport;
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
    this.#intake.end();
    return (this.#closing ??= this.#logger.close({ deadlineMs: this.#sink.shutdownDeadlineMs }));
  }

  #take(chunk: unknown, encoding: BufferEncoding | undefined): void {
    const { pieces } = this.#intake;
    // No call: the stack of the application may be full.
    pieces[pieces.length] = { chunk, encoding };
    try {
      this.#intake.take();
    } catch {
      // The next call takes it.
    }
  }

  #takePiece({ chunk, encoding }: Piece, lines: LineSplitter): void {
    if (typeof chunk === 'string') lines.push(isUtf8(encoding) ? chunk : Buffer.from(chunk, encoding));
    else if (chunk instanceof Uint8Array) lines.push(chunk);
    else if (typeof chunk === 'object' && chunk !== null) this.#record(givenObject(chunk, Date.now()));
    else this.#takeLine(guarded(() => String(chunk), '[unreadable]'));
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

/** Text of other encodings, such as `hex`, stands for bytes. Of an encoding that Node.js does not know it is text as it stands. */
function isUtf8(encoding: string | undefined): boolean {
  return encoding === undefined || /^(?:utf-?8|buffer)$/i.test(encoding) || !Buffer.isEncoding(encoding);
}

function knownLevel(name: unknown): Level {
  const level = typeof name === 'string' ? levelOf(name) : undefined;
  if (level === undefined) {
    const allowed = LEVELS.join(', ');
    assertNoProblems([{ where: `${OF}: options.textLevel`, value: name, allowed }]);
  }
  return level ?? 'info';
}
