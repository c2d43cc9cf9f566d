import { writeSync } from 'node:fs';

const STDERR = 2;
const ATTEMPTS = 100;

/**
 * Writes before it returns, so that it also works in an `exit` handler. A pipe that is full for the moment is tried
 * again; one that is gone is not, and the answer says so.
 */
export function writeStderr(text: string): boolean {
  let rest = Buffer.from(text);
  for (let attempt = 0; rest.length > 0 && attempt < ATTEMPTS;) {
    try {
      rest = rest.subarray(writeSync(STDERR, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return false;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      attempt++;
    }
  }
  return rest.length === 0;
}
