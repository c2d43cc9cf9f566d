import { monotonicMs } from './real-timers.js';
import { isFull, writeSomeSync } from './write-some-sync.js';

export const STDERR = 2;
const LINE_BREAK = 0x0a;

/** How long a pipe may take nothing while the process goes on. */
const PATIENCE_MS = 500;

/** Whether the time of the pipe was over: it is not waited for again before it takes something. */
let isStuck = false;
/** At the end of the process, until when a pipe may take nothing. */
let endMs = -Infinity;

/** Does the last work of a process, whose texts for stderr may wait for the reader until then. */
export function waitForStderr(untilMs: number, work: () => void): void {
  endMs = untilMs;
  isStuck = false;
  try {
    work();
  } finally {
    endMs = -Infinity;
  }
}

/** What a pipe of Linux takes as one, so that the lines of several processes on one stderr do not mix (PIPE_BUF). */
const PIECE_BYTES = 4_096;

/**
 * Writes before it returns, so that it also works in an `exit` handler. A pipe that is full for the moment is tried
 * again; one that stays full or is gone is not, and the answer says so: a reader that is stuck costs the process one wait,
 * however much is written.
 */
export function writeStderr(text: string): boolean {
  const bytes = Buffer.from(text);
  try {
    // Node opens it when it is asked for. Before, a pipe that is full would block the thread until somebody reads.
    void process.stderr;
    for (let written = 0; written < bytes.length;) {
      const piece = bytes.subarray(written, endOfPiece(bytes, written));
      written += writeSomeSync(STDERR, piece, patienceMs());
      isStuck = false;
    }
    return true;
  } catch (error) {
    isStuck = isFull(error);
    return false;
  }
}

function patienceMs(): number {
  return isStuck ? -Infinity : Math.max(endMs, monotonicMs() + PATIENCE_MS);
}

/** As many whole lines as a piece has room for, but one at least. */
function endOfPiece(bytes: Buffer, start: number): number {
  const limit = start + PIECE_BYTES;
  if (bytes.length <= limit) return bytes.length;
  const last = bytes.lastIndexOf(LINE_BREAK, limit - 1);
  const end = last >= start ? last : bytes.indexOf(LINE_BREAK, limit);
  return end < 0 ? bytes.length : end + 1;
}
