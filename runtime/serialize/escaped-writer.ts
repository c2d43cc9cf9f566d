import { mayHoldUrlCredentials } from './url-credentials.js';

/** A piece of JSON as it stands inside a JSON string. */
export class EscapedJson {
  constructor(
    /** UTF-8. Always a Buffer, so that the code that reads it stays monomorphic. */
    readonly bytes: Buffer,
    /** Number of characters that the second escaping added, all of them ASCII. */
    readonly added: number,
  ) {}

  static of(json: string): EscapedJson {
    const text = JSON.stringify(json);
    return new EscapedJson(Buffer.from(text.slice(1, -1)), text.length - 2 - json.length);
  }
}

const INITIAL_BYTES = 8_192;

/** The buffer grows up to this size and does not shrink; longer JSON is refused. */
const MAX_BYTES = 524_288;

/** Up to this many UTF-16 units, or bytes, a loop is quicker than the engine's own search and copy. */
const SHORT_TEXT = 256;
const SHORT_PIECE = 32;

const UNIT_BYTES = 3;
const QUOTES_BYTES = 4;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Characters that JSON escapes, and the `@` behind the credentials of a URL. */
// oxlint-disable-next-line no-control-regex -- JSON escapes them
const UNSAFE = /["\\@\u0000-\u001f\ud800-\udfff]/;

const unsafe = Uint8Array.from({ length: 0x80 }, (_, unit) => Number(UNSAFE.test(String.fromCharCode(unit))));

// V8 compiles an expression with its second use, apart for texts with characters beyond Latin-1, and ends the process if the stack is
// full by then. The table above is the use for the others.
for (const text of ['\u2028', '\u2028']) UNSAFE.test(text);

/**
 * Writes JSON into a buffer, escaped for its place inside a JSON string. Each step returns whether it wrote: it refuses values that
 * are too long or may hold the credentials of a URL.
 */
export class EscapedWriter {
  #bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  #end = 0;
  #added = 0;

  /** The buffer, with content up to {@link EscapedWriter.end}. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  get end(): number {
    return this.#end;
  }

  /** Number of characters that the second escaping added. */
  get added(): number {
    return this.#added;
  }

  /** Drops the content and keeps the buffer. */
  clear(): void {
    this.#end = 0;
    this.#added = 0;
  }

  /** Writes a piece, from its byte `from` on. */
  piece({ bytes, added }: EscapedJson, from = 0): boolean {
    const { length } = bytes;
    if (!this.#reserve(length)) return false;
    const target = this.#bytes;
    let end = this.#end;
    if (length > SHORT_PIECE) {
      target.set(from === 0 ? bytes : bytes.subarray(from), end);
      end += length - from;
    } else for (let index = from; index < length; index++) target[end++] = bytes[index]!;
    this.#end = end;
    this.#added += added;
    return true;
  }

  /** Writes ASCII without characters to escape. */
  ascii(text: string): boolean {
    const { length } = text;
    if (!this.#reserve(length)) return false;
    const target = this.#bytes;
    let end = this.#end;
    for (let index = 0; index < length; index++) target[end++] = text.charCodeAt(index);
    this.#end = end;
    return true;
  }

  /** Writes a string, in quotes. */
  string(value: string): boolean {
    const { length } = value;
    if (length > MAX_BYTES) return false;
    if (length > SHORT_TEXT) return UNSAFE.test(value) ? this.json(value) : this.#longString(value);
    if (!this.#reserve(length * UNIT_BYTES + QUOTES_BYTES)) return false;
    const target = this.#bytes;
    let end = this.#quote(this.#end);
    for (let index = 0; index < length; index++) {
      const unit = value.charCodeAt(index);
      if (unit < 0x80) {
        if (unsafe[unit] !== 0) return this.json(value);
        target[end++] = unit;
      } else if (unit < 0x800) {
        target[end++] = 0xc0 | (unit >> 6);
        target[end++] = 0x80 | (unit & 0x3f);
      } else if (unit >= 0xd800 && unit <= 0xdfff) {
        const point = value.codePointAt(index++)!;
        // JSON escapes half of a surrogate pair.
        if (point <= 0xffff) return this.json(value);
        target[end++] = 0xf0 | (point >> 18);
        target[end++] = 0x80 | ((point >> 12) & 0x3f);
        target[end++] = 0x80 | ((point >> 6) & 0x3f);
        target[end++] = 0x80 | (point & 0x3f);
      } else {
        target[end++] = 0xe0 | (unit >> 12);
        target[end++] = 0x80 | ((unit >> 6) & 0x3f);
        target[end++] = 0x80 | (unit & 0x3f);
      }
    }
    this.#end = this.#quote(end);
    this.#added += 2;
    return true;
  }

  /** Writes any value, as JSON.stringify does. */
  json(value: unknown): boolean {
    const json = JSON.stringify(value) as string | undefined;
    if (json === undefined || json.length > MAX_BYTES || mayHoldUrlCredentials(json)) return false;
    return this.piece(EscapedJson.of(json));
  }

  #longString(value: string): boolean {
    if (!this.#reserve(value.length * UNIT_BYTES + QUOTES_BYTES)) return false;
    const start = this.#quote(this.#end);
    this.#end = this.#quote(start + this.#bytes.write(value, start));
    this.#added += 2;
    return true;
  }

  #quote(at: number): number {
    this.#bytes[at] = BACKSLASH;
    this.#bytes[at + 1] = QUOTE;
    return at + 2;
  }

  #reserve(bytes: number): boolean {
    const needed = this.#end + bytes;
    return needed <= this.#bytes.length || this.#grow(needed);
  }

  #grow(needed: number): boolean {
    if (needed > MAX_BYTES) return false;
    const larger = Buffer.allocUnsafeSlow(Math.min(MAX_BYTES, Math.max(needed, this.#bytes.length * 2)));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
    return true;
  }
}
