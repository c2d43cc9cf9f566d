import { monotonicMs } from './real-timers.js';
import { writeSomeSync } from './write-some-sync.js';

const STDERR = 2;
const LINE_BREAK = 0x0a;

/** How long a pipe may take nothing. */
const PATIENCE_MS = 500;

/** What a pipe of Linux takes as one, so that the lines of several processes on one stderr do not mix (PIPE_BUF). */
const PIECE_BYTES = 4_096;

/**
 * Writes before it returns, so that it also works in an `exit` handler. A pipe that is full for the moment is tried
 * again; one that stays full or is gone is not, and the answer says so.
 */
export function writeStderr(text: string): boolean {
  const bytes = Buffer.from(text);
  try {
    for (let written = 0; written < bytes.length;) {
      const piece = bytes.subarray(written, endOfPiece(bytes, written));
      written += writeSomeSync(STDERR, piece, monotonicMs() + PATIENCE_MS);
    }
    return true;
  } catch {
    return false;
  }
}

/** As many whole lines as a piece has room for, but one at least. */
function endOfPiece(bytes: Buffer, start: number): number {
  const limit = start + PIECE_BYTES;
  if (bytes.length <= limit) return bytes.length;
  const last = bytes.lastIndexOf(LINE_BREAK, limit - 1);
  const end = last >= start ? last : bytes.indexOf(LINE_BREAK, limit);
  return end < 0 ? bytes.length : end + 1;
}
