import { StringDecoder } from 'node:string_decoder';

/** The most UTF-16 units of a line that is not ended: 16 Mi, sixteen times as many as a log event has bytes. */
export const MAX_LINE_UNITS = 16_777_216;

/** A cut goes back at most this many units to the end of a word, so that it divides no secret that a pattern would find. */
const LOOK_BACK = 512;

/** A character that ends a word. */
const WORD_END = /[\s"',;&](?=[^\s"',;&]*$)/;

/**
 * Makes lines of text that comes in pieces, which may be cut anywhere, also within a character. A line ends with `\n` or `\r\n`. One
 * that is longer than {@link MAX_LINE_UNITS} is handed on in several parts, so that memory is bounded and nothing is lost.
 *
 * Where the stack is full, any call may throw: what is not handed on yet is kept, and goes on with the next call.
 */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  readonly #maxUnits: number;
  readonly #onBlank: (() => void) | undefined;
  #decoder: StringDecoder | undefined;
  /** The text that is being read, and how much of it is handed on. */
  #text = '';
  #from = 0;
  /** The beginning of a line, from the texts before. */
  #rest = '';

  /**
   * @param onLine gets each line that is not empty, without its end. Throws only where the stack is full, and has taken nothing then
   * @param onBlank called for each empty line, by the same rule
   */
  constructor(onLine: (line: string) => void, maxUnits = MAX_LINE_UNITS, onBlank?: () => void) {
    this.#onLine = onLine;
    this.#maxUnits = maxUnits;
    this.#onBlank = onBlank;
  }

  /** Whether there is text that is not handed on. */
  get isHolding(): boolean {
    return this.#rest !== '' || this.#text !== '';
  }

  /**
   * Takes text, or bytes in UTF-8.
   *
   * @throws RangeError where the stack is full and the piece is not taken
   */
  push(piece: string | Uint8Array): void {
    this.#read();
    this.#text = typeof piece === 'string' ? piece : (this.#decoder ??= new StringDecoder()).write(piece);
    try {
      this.#read();
    } catch {
      // The text is taken; the next call goes on with it.
    }
  }

  /** Hands on the last line, which has no end. */
  end(): void {
    this.#read();
    this.#rest += this.#decoder?.end() ?? '';
    if (this.#rest !== '') this.#give(this.#rest);
    this.#rest = '';
  }

  #read(): void {
    for (let end = this.#nextEnd(); end >= 0; end = this.#nextEnd()) {
      this.#give(this.#rest + this.#text.slice(this.#from, end));
      this.#rest = '';
      this.#from = end + 1;
    }
    this.#rest += this.#text.slice(this.#from);
    this.#text = '';
    this.#from = 0;
    while (this.#rest.length > this.#maxUnits) this.#cut();
  }

  #nextEnd(): number {
    return this.#text.indexOf('\n', this.#from);
  }

  #give(line: string): void {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text !== '') this.#onLine(text);
    else this.#onBlank?.();
  }

  #cut(): void {
    const length = lengthOfPart(this.#rest, this.#maxUnits);
    const left = this.#rest.slice(length);
    this.#onLine(this.#rest.slice(0, length));
    this.#rest = left;
  }
}

/** Behind a word, else behind a whole character. */
function lengthOfPart(text: string, maxUnits: number): number {
  const least = Math.max(0, maxUnits - LOOK_BACK);
  const wordEnd = text.slice(least, maxUnits).search(WORD_END);
  if (wordEnd >= 0) return least + wordEnd + 1;
  const isHigh = (text.charCodeAt(maxUnits - 1) & 0xfc00) === 0xd800;
  return maxUnits > 1 && isHigh ? maxUnits - 1 : maxUnits;
}
