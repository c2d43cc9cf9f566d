import { writeSync } from 'node:fs';
import { monotonicMs } from './real-timers.js';

const RETRY_MS = 5;

/** Whether a pipe takes nothing only for the moment. */
export function isFull(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EAGAIN';
}

/**
 * Writes what a file descriptor takes before it returns, and returns how many bytes that were. A pipe that is full for
 * the moment is tried again until the time is up.
 *
 * @param untilMs as {@link monotonicMs} counts
 * @throws what the system says if it takes nothing.
 */
export function writeSomeSync(fd: number, bytes: Uint8Array, untilMs: number): number {
  for (;;) {
    try {
      return writeSync(fd, bytes);
    } catch (error) {
      if (!isFull(error) || monotonicMs() >= untilMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}
