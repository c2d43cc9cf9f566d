import { closeSync, constants, open, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

/**
 * Opens a pipe that has a name, once somebody writes into it. It is read as standard input is: a read of a file would hold a thread
 * until somebody writes, and the process with it, and take text from the pipe after the end.
 *
 * @param signal ends the wait for a writer
 * @throws the error of the call
 */
export async function openNamedPipe(path: string, signal: AbortSignal): Promise<Readable> {
  const wake = (): void => wakeReader(path);
  signal.addEventListener('abort', wake);
  try {
    return new Socket({ fd: await promisify(open)(path, 'r'), readable: true, writable: false });
  } finally {
    signal.removeEventListener('abort', wake);
  }
}

/** Whoever waits for a writer has one for a moment. */
function wakeReader(path: string): void {
  try {
    // It fails, instead of waiting, if nobody reads.
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
  } catch {
    // Nobody waits.
  }
}
