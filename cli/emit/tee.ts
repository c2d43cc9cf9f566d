import type { Writable } from 'node:stream';
import { roomIn } from '../first-event.js';

/** Writes the input on, byte for byte, as fast as its reader takes it. A reader that leaves, as `head` does, or a full disk ends the copy only. */
export class Tee {
  readonly #out: Writable;
  #isClosed = false;

  /** @param onClosed called once with why nothing more can be written */
  constructor(out: Writable, onClosed: (reason: string) => void) {
    this.#out = out;
    out.once('error', (error: NodeJS.ErrnoException) => {
      this.#isClosed = true;
      onClosed(reasonOf(error));
    });
  }

  /** Resolves once there is room for more, or nobody reads, or `signal` asks for the end. */
  async write(piece: Uint8Array, signal: AbortSignal): Promise<void> {
    if (this.#isClosed || this.#out.write(piece) || signal.aborted) return;
    await roomIn(this.#out, signal);
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED'
    ? 'nobody reads stdout any more'
    : `stdout takes nothing more: ${message}`;
}
