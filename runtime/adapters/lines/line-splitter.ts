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
 */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  readonly #maxUnits: number;
  #decoder: StringDecoder | undefined;
  #rest = '';

  /** @param onLine gets each line that is not empty, without its end */
  constructor(onLine: (line: string) => void, maxUnits = MAX_LINE_UNITS) {
    this.#onLine = onLine;
    this.#maxUnits = maxUnits;
  }

  /** Takes text, or bytes in UTF-8. */
  push(piece: string | Uint8Array): void {
    const text = typeof piece === 'string' ? piece : (this.#decoder ??= new StringDecoder()).write(piece);
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#end(this.#rest + text.slice(from, end));
      from = end + 1;
    }
    this.#rest += text.slice(from);
    while (this.#rest.length > this.#maxUnits) this.#cut();
  }

  /** Hands on the last line, which has no end. */
  end(): void {
    this.#end(this.#rest + (this.#decoder?.end() ?? ''));
  }

  #end(line: string): void {
    this.#rest = '';
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text !== '') this.#onLine(text);
  }

  #cut(): void {
    const length = lengthOfPart(this.#rest, this.#maxUnits);
    const part = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    this.#onLine(part);
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
