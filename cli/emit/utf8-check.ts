import { isUtf8 } from 'node:buffer';

/** Bytes of a character that is cut at the end of a piece: three at most. */
const MAX_OPEN_BYTES = 3;

/** Looks for bytes that are no UTF-8, in pieces that may be cut within a character. */
export class Utf8Check {
  #open: Uint8Array = new Uint8Array(0);

  /** Whether the piece is UTF-8, together with what the piece before left open. */
  holds(piece: Uint8Array): boolean {
    const bytes = this.#open.length === 0 ? piece : Buffer.concat([this.#open, piece]);
    const end = bytes.length - openBytes(bytes);
    this.#open = bytes.slice(end);
    return isUtf8(bytes.subarray(0, end));
  }

  /** Whether the input ends with a whole character. */
  end(): boolean {
    const isWhole = this.#open.length === 0;
    this.#open = new Uint8Array(0);
    return isWhole;
  }
}

/** How many bytes at the end are the beginning of a character. */
function openBytes(bytes: Uint8Array): number {
  for (let count = 1; count <= Math.min(MAX_OPEN_BYTES, bytes.length); count++) {
    const byte = bytes[bytes.length - count]!;
    if (byte >= 0xc0) return lengthOfCharacter(byte) > count ? count : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

function lengthOfCharacter(first: number): number {
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}
