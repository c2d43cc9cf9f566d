/** By how much a bound exceeds the one before: a duration is known to within two per cent. */
const GROWTH = 1.02;
const BUCKETS = 900;

/** Counts durations of up to fifteen hours by how long they are, in a fixed amount of memory. */
export class Durations {
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  #sumMs = 0;
  #maxMs = 0;

  get count(): number {
    return this.#count;
  }

  get meanMs(): number {
    return this.#count === 0 ? 0 : this.#sumMs / this.#count;
  }

  get maxMs(): number {
    return this.#maxMs;
  }

  add(ms: number): void {
    const index = Math.min(BUCKETS - 1, Math.ceil(Math.log(Math.max(1, ms)) / Math.log(GROWTH)));
    this.#counts[index]!++;
    this.#count++;
    this.#sumMs += ms;
    this.#maxMs = Math.max(this.#maxMs, ms);
  }

  /** The duration that this share of all does not exceed; 0 if there is none. */
  quantileMs(share: number): number {
    let left = share * this.#count;
    for (const [index, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.min(this.#maxMs, GROWTH ** index);
    }
    return this.#maxMs;
  }
}
