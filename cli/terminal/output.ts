import type { Writable } from 'node:stream';
import { roomIn } from '../first-event.js';

/** Writes to a reader that may be slow, and holds no more for it than a stream does. */
export class Output {
  readonly #stream: Writable;
  readonly #signal: AbortSignal;

  /** @param signal ends the wait for a reader that does not read */
  constructor(stream: Writable, signal: AbortSignal) {
    this.#stream = stream;
    this.#signal = signal;
  }

  /** Resolves once there is room for more, or nobody reads any longer. */
  async write(text: string): Promise<void> {
    if (text === '' || this.#signal.aborted || this.#stream.destroyed) return;
    if (!this.#stream.write(text)) await roomIn(this.#stream, this.#signal);
  }
}
