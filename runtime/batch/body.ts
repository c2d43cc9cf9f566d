/** Takes back the buffer of a body that nobody reads any more. */
export type GiveBack = () => void;

/**
 * The finished body of a request, and who may still read it. Its buffer is given back, to be written again, only after the
 * batch is {@link Body.done} and nothing that was begun with {@link Body.lend} is at work. A body that is not
 * done, or was kept, leaves its buffer to the garbage collector.
 */
export class Body {
  readonly length: number;
  readonly #bytes: Buffer;
  #giveBack: GiveBack | undefined;
  #loans = 0;
  #isDone = false;

  /** @param giveBack absent if the bytes are not to be written again */
  constructor(bytes: Buffer, giveBack?: GiveBack) {
    this.length = bytes.length;
    this.#bytes = bytes;
    this.#giveBack = giveBack;
  }

  /**
   * To be read at once: no longer than until the caller returns.
   *
   * @throws Error if the body is done, because its buffer may have other contents by now.
   */
  get bytes(): Buffer {
    if (this.#isDone) throw new Error('the body of a settled batch is read');
    return this.#bytes;
  }

  /** For a reader that goes on after the caller returns: the bytes stay as they are until its promise is settled. */
  async lend<Result>(read: (bytes: Buffer) => Promise<Result>): Promise<Result> {
    const { bytes } = this;
    this.#loans++;
    try {
      return await read(bytes);
    } finally {
      this.#loans--;
      this.#tidy();
    }
  }

  /** For a reader that does not say when it ends, such as a socket: the bytes stay as they are for ever. */
  keep(): Buffer {
    this.#giveBack = undefined;
    return this.bytes;
  }

  /** The batch is settled: nobody begins to read from now on. */
  done(): void {
    this.#isDone = true;
    this.#tidy();
  }

  #tidy(): void {
    if (!this.#isDone || this.#loans > 0) return;
    const giveBack = this.#giveBack;
    this.#giveBack = undefined;
    giveBack?.();
  }
}
