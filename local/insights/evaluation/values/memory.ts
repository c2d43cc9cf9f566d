/** Bytes that a query may hold at a time, estimated. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What a query holds: rows that wait for their order, groups, and the values of their aggregates. */
export class Memory {
  readonly #max: number;
  #bytes = 0;
  #failure: string | undefined;

  constructor(max = MAX_BYTES) {
    this.#max = max;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Why the query cannot go on. */
  get failure(): string | undefined {
    return this.#failure;
  }

  hold(bytes: number, things: string): void {
    this.#bytes += bytes;
    if (this.#bytes <= this.#max) return;
    this.#failure ??= `The query has to hold more ${things} than this server allows (about ${this.#max / 1024 / 1024} MiB). Filter more, take a shorter time range, or group by fewer values.`;
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
  }
}
