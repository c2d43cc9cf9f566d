import { writeSync } from 'node:fs';

const STDERR = 2;
const ATTEMPTS = 100;
const LINE_BREAK = 0x0a;

/** What a pipe of Linux takes as one, so that the lines of several processes on one stderr do not mix (PIPE_BUF). */
const PIECE_BYTES = 4_096;

/**
 * Writes before it returns, so that it also works in an `exit` handler. A pipe that is full for the moment is tried
 * again; one that stays full or is gone is not, and the answer says so.
 */
export function writeStderr(text: string): boolean {
  const bytes = Buffer.from(text);
  let written = 0;
  for (let attempt = 0; written < bytes.length && attempt < ATTEMPTS;) {
    try {
      written += writeSync(STDERR, bytes.subarray(written, endOfPiece(bytes, written)));
      attempt = 0;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return false;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      attempt++;
    }
  }
  return written === bytes.length;
}

/** As many whole lines as a piece has room for, but one at least. */
function endOfPiece(bytes: Buffer, start: number): number {
  const limit = start + PIECE_BYTES;
  if (bytes.length <= limit) return bytes.length;
  const last = bytes.lastIndexOf(LINE_BREAK, limit - 1);
  const end = last >= start ? last : bytes.indexOf(LINE_BREAK, limit);
  return end < 0 ? bytes.length : end + 1;
}
