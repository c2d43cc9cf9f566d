import type { Writable } from 'node:stream';

/** Writes the input on, byte for byte, as fast as its reader takes it. A reader that leaves, as `head` does, ends the copy only. */
export class Tee {
  readonly #out: Writable;
  #isClosed = false;

  /** @param onClosed called once when the reader has left */
  constructor(out: Writable, onClosed: () => void) {
    this.#out = out;
    out.once('error', () => {
      this.#isClosed = true;
      onClosed();
    });
  }

  /** Resolves once there is room for more, or nobody reads, or `signal` asks for the end. */
  async write(piece: Uint8Array, signal: AbortSignal): Promise<void> {
    if (this.#isClosed || this.#out.write(piece) || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        for (const event of ['drain', 'error', 'close']) this.#out.off(event, done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      for (const event of ['drain', 'error', 'close']) this.#out.on(event, done);
      signal.addEventListener('abort', done);
    });
  }
}
