import type { Level } from '../../contract/levels.js';
import type { LineReader } from '../../runtime/adapters/lines/line-reader.js';
import { LineSplitter } from '../../runtime/adapters/lines/line-splitter.js';
import type { FinishedLine } from '../../runtime/log-record.js';
import { EventJoiner } from './event-joiner.js';
import { Utf8Check } from './utf8-check.js';

/**
 * The most UTF-16 units of a line; a longer one is cut. A line of so many has room even where each unit takes seven bytes, as a NUL does
 * that is escaped twice.
 */
export const MAX_LINE_UNITS = 2_097_152;

const LINE_FEED = 0x0a;

/** Stands for bytes that are no UTF-8. */
const REPLACEMENT = '\ufffd';

/** What was read. */
export interface Read {
  bytes: number;
  lines: number;
  /** Lines that are empty and in no event: the service takes no empty event. */
  blank: number;
  /** Lines with bytes that are no UTF-8. */
  replaced: number;
  /** Events whose level the settings do not let pass. */
  below: number;
}

export interface LineWriterParts {
  readonly reader: Pick<LineReader, 'read' | 'readText'>;
  /** Of an event that says none. */
  readonly textLevel: Level;
  /** What begins an event. @default - every line is one */
  readonly startPattern: RegExp | undefined;
  /** Whether the level of an event lets it pass. */
  readonly passes: (line: FinishedLine) => boolean;
  readonly write: (line: FinishedLine) => void;
  /** Called when the first bytes are replaced. */
  readonly onReplaced: () => void;
}

/** Makes log events of bytes: a line is an event, unless a pattern says which lines begin one. */
export class LineWriter {
  readonly read: Read = { bytes: 0, lines: 0, blank: 0, replaced: 0, below: 0 };
  readonly #parts: LineWriterParts;
  readonly #lines: LineSplitter;
  readonly #joiner: EventJoiner | undefined;
  readonly #utf8 = new Utf8Check();
  /** Whether the next line may hold replaced bytes. */
  #isSuspect = false;

  constructor(parts: LineWriterParts) {
    this.#parts = parts;
    this.#lines = new LineSplitter(
      (line) => this.#takeLine(line),
      MAX_LINE_UNITS,
      () => this.#takeBlank(),
    );
    const { startPattern } = parts;
    this.#joiner = startPattern && new EventJoiner(startPattern, (text) => this.#write(text));
  }

  /** Whether an event waits for further lines. */
  get isHolding(): boolean {
    return this.#joiner?.isHolding ?? false;
  }

  take(piece: Buffer): void {
    this.read.bytes += piece.length;
    const isUtf8 = this.#utf8.holds(piece);
    this.#isSuspect ||= !isUtf8;
    this.#lines.push(piece);
    // The line that is held may have them, or a line before it: it is looked at once it is whole.
    this.#isSuspect = (this.#isSuspect && !piece.includes(LINE_FEED)) || !isUtf8;
  }

  /** No further line belongs to the event that waits. */
  endEvent(): void {
    this.#joiner?.end();
  }

  /** The input is at its end: its last line may have none. */
  endInput(): void {
    this.#isSuspect ||= !this.#utf8.end();
    this.#lines.end();
    this.#isSuspect = false;
    this.endEvent();
  }

  #takeLine(line: string): void {
    const { read } = this;
    read.lines++;
    if (this.#isSuspect && line.includes(REPLACEMENT) && read.replaced++ === 0) this.#parts.onReplaced();
    if (this.#joiner) this.#joiner.add(line);
    else this.#write(line);
  }

  #takeBlank(): void {
    this.read.lines++;
    if (this.#joiner) this.#joiner.add('');
    else this.read.blank++;
  }

  #write(text: string): void {
    const { reader, textLevel, passes, write } = this.#parts;
    const ofJson = mayBeJson(text) ? reader.read(text) : undefined;
    const line = ofJson ?? { ...reader.readText(text), level: textLevel };
    if (passes(line)) write(line);
    else this.read.below++;
  }
}

function mayBeJson(text: string): boolean {
  return /^[\s\ufeff]*\{/.test(text);
}
