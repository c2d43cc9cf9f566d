import { writeSync } from 'node:fs';

const RETRY_MS = 5;

/**
 * Writes a text to a file descriptor before it returns. A pipe that is full for the moment is tried again until the time
 * is up, in milliseconds since the epoch.
 *
 * @throws what the system says if it takes no more.
 */
export function writeAllSync(fd: number, text: string, untilMs: number): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EAGAIN' || Date.now() >= untilMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}
