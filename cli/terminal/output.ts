import type { Writable } from 'node:stream';

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
    if (!this.#stream.write(text)) await this.#room();
  }

  #room(): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        for (const event of ['drain', 'error', 'close']) this.#stream.removeListener(event, wake);
        this.#signal.removeEventListener('abort', wake);
        resolve();
      };
      for (const event of ['drain', 'error', 'close']) this.#stream.once(event, wake);
      this.#signal.addEventListener('abort', wake);
    });
  }
}
