import { isUtf8 } from 'node:buffer';
import { crc32 } from './crc32.js';

/**
 * A line of a file that a killed process may have left unfinished, or a disk altered:
 *
 *     8d3b04e7 the rest of the line
 *     └ CRC-32 of the rest
 */
const CHECKSUM_DIGITS = 8;

export const LINE_FEED = 0x0a;

/** Bytes before the rest of a line. */
export const PREFIX_BYTES = CHECKSUM_DIGITS + 1;

/** Bytes of a line besides its rest. */
export const FRAME_BYTES = PREFIX_BYTES + 1;

/** A whole line. The rest has no line feed in it. */
export function checkedLine(rest: Buffer): Buffer {
  const line = Buffer.allocUnsafe(FRAME_BYTES + rest.length);
  rest.copy(line, PREFIX_BYTES);
  frame(line, 0, line.length);
  return line;
}

/** Writes the checksum and the line's end around the rest of a line, which is there already. */
export function frame(buffer: Buffer, start: number, end: number): void {
  const checksum = crc32(buffer, start + PREFIX_BYTES, end - 1);
  buffer.write(`${checksum.toString(16).padStart(CHECKSUM_DIGITS, '0')} `, start, 'latin1');
  buffer[end - 1] = LINE_FEED;
}

/** The rest of a line, which is given without its line feed; `undefined` if it is torn or altered. */
export function restOf(line: Buffer): string | undefined {
  const checksum = line.toString('latin1', 0, PREFIX_BYTES);
  const rest = line.subarray(PREFIX_BYTES);
  const isWhole = /^[\da-f]{8} $/.test(checksum) && Number.parseInt(checksum, 16) === crc32(rest);
  return isWhole && isUtf8(rest) ? rest.toString() : undefined;
}
