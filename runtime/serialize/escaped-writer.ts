import { MAX_EVENT_BYTES } from '../../contract/limits.js';
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

/** The buffer that stays. A longer event gets a larger one, which the garbage collector may take. */
const KEPT_BYTES = 16_384;

/** An event with more UTF-16 units, before the second escaping and with what stands before the line, is over the service's limit. */
const MAX_UNITS = MAX_EVENT_BYTES + 64;

/** The same in bytes behind the second escaping, which adds no more than there was. */
const MAX_BYTES = 2 * MAX_UNITS;

/** Up to this many UTF-16 units, or bytes, a loop is quicker than the engine's own search and copy. */
const SHORT_TEXT = 256;
const SHORT_PIECE = 32;

/** The most bytes of a UTF-16 unit: as UTF-8, and as an escape like `\\u001f`. */
const UNIT_BYTES = 3;
const ESCAPE_BYTES = 7;

const QUOTES_BYTES = 4;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const AT = 0x40;

/** Characters that JSON escapes, and the `@` behind the credentials of a URL. */
// oxlint-disable-next-line no-control-regex -- JSON escapes them
const UNSAFE = /["\\@\u0000-\u001f\ud800-\udfff]/;

const unsafe = Uint8Array.from({ length: 0x80 }, (_, unit) => Number(UNSAFE.test(String.fromCharCode(unit))));

// V8 compiles an expression with its second use, apart for texts with characters beyond Latin-1, and ends the process if the stack is
// full by then. The table above is the use for the others.
for (const text of ['\u2028', '\u2028']) UNSAFE.test(text);

/** What stands for a character that JSON escapes, and for half of a surrogate pair. */
const escapes = new Map<number, EscapedJson>();

function escapeOf(unit: number): EscapedJson {
  const known = escapes.get(unit);
  if (known) return known;
  const made = EscapedJson.of(JSON.stringify(String.fromCharCode(unit)).slice(1, -1));
  escapes.set(unit, made);
  return made;
}

/**
 * Writes JSON into a buffer, escaped for its place inside a JSON string. Each step returns whether it wrote: it refuses values that
 * are too long or may hold the credentials of a URL.
 */
export class EscapedWriter {
  readonly #kept = Buffer.allocUnsafeSlow(KEPT_BYTES);
  #large: WeakRef<Buffer> | undefined;
  #bytes: Buffer = this.#kept;
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

  /** Drops the content. A large buffer is for its event alone. */
  clear(): void {
    this.#bytes = this.#kept;
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
    if (length <= SHORT_TEXT) return this.#units(value);
    if (!this.#takes(length)) return false;
    return UNSAFE.test(value) ? this.#units(value) : this.#clean(value);
  }

  /** Writes a string in which there is nothing to escape. */
  #clean(value: string): boolean {
    if (!this.#reserve(this.#mostBytes(value) + QUOTES_BYTES)) return false;
    const start = this.#quote(this.#end);
    this.#end = this.#quote(start + this.#bytes.write(value, start));
    this.#added += 2;
    return true;
  }

  /** An upper bound, or the number itself where that bound is more than there may be. */
  #mostBytes(value: string): number {
    const most = value.length * UNIT_BYTES;
    return this.#end + most + QUOTES_BYTES <= MAX_BYTES ? most : Buffer.byteLength(value);
  }

  /** Writes a string unit by unit. What has no room behind the end of the buffer is counted, and then refused. */
  #units(value: string): boolean {
    const { length } = value;
    const most = Math.min(length * ESCAPE_BYTES + QUOTES_BYTES, MAX_BYTES - this.#end);
    if (!this.#reserve(most)) return false;
    const target = this.#bytes;
    let mayHoldSecret = true;
    let end = this.#quote(this.#end);
    for (let index = 0; index < length; index++) {
      const unit = value.charCodeAt(index);
      if (unit < 0x80) {
        if (unsafe[unit] === 0) target[end++] = unit;
        else if (unit === AT) {
          mayHoldSecret &&= mayHoldUrlCredentials(value);
          if (mayHoldSecret) return false;
          target[end++] = unit;
        } else end = this.#escape(unit, end);
      } else if (unit < 0x800) {
        target[end++] = 0xc0 | (unit >> 6);
        target[end++] = 0x80 | (unit & 0x3f);
      } else if (unit >= 0xd800 && unit <= 0xdfff) {
        const point = value.codePointAt(index)!;
        // JSON escapes half of a surrogate pair.
        if (point <= 0xffff) end = this.#escape(unit, end);
        else {
          index++;
          target[end++] = 0xf0 | (point >> 18);
          target[end++] = 0x80 | ((point >> 12) & 0x3f);
          target[end++] = 0x80 | ((point >> 6) & 0x3f);
          target[end++] = 0x80 | (point & 0x3f);
        }
      } else {
        target[end++] = 0xe0 | (unit >> 12);
        target[end++] = 0x80 | ((unit >> 6) & 0x3f);
        target[end++] = 0x80 | (unit & 0x3f);
      }
    }
    end = this.#quote(end);
    if (end > target.length) return false;
    this.#end = end;
    this.#added += 2;
    return true;
  }

  /** Writes the escape of a unit at this place, and returns where it ends. */
  #escape(unit: number, at: number): number {
    const { bytes, added } = escapeOf(unit);
    for (let index = 0; index < bytes.length; index++) this.#bytes[at + index] = bytes[index]!;
    this.#added += added;
    return at + bytes.length;
  }

  #quote(at: number): number {
    this.#bytes[at] = BACKSLASH;
    this.#bytes[at + 1] = QUOTE;
    return at + 2;
  }

  /** Whether an event may have so many more units. */
  #takes(units: number): boolean {
    return this.#end - this.#added + units <= MAX_UNITS;
  }

  #reserve(bytes: number): boolean {
    const needed = this.#end + bytes;
    return needed <= this.#bytes.length || this.#grow(needed);
  }

  #grow(needed: number): boolean {
    if (needed > MAX_BYTES) return false;
    const known = this.#large?.deref();
    const larger = known && known.length >= needed ? known : this.#makeLarge(needed);
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
    return true;
  }

  #makeLarge(least: number): Buffer {
    const large = Buffer.allocUnsafeSlow(Math.min(Math.max(least, this.#bytes.length * 2), MAX_BYTES));
    this.#large = new WeakRef(large);
    return large;
  }
}
