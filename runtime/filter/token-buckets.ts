/** A token, in the unit of the buckets: whole numbers for whole rates and milliseconds, so that rounding costs nothing. */
const TOKEN = 1_000;

interface Bucket {
  /** Thousandths of a token that were there at that time. */
  readonly level: number;
  readonly atMs: number;
}

export interface TokenBucketOptions {
  /** Tokens that a bucket holds; it starts full. */
  readonly capacity: number;
  /** Tokens that come back in a second, evenly. */
  readonly refillRatePerSec: number;
  /** Buckets that are kept; beyond that the least recently used one leaves, and its key would start with a full one. */
  readonly maxKeys: number;
}

/**
 * Token buckets, one for each key. In any span of time, a bucket gives at most its capacity and what comes back
 * meanwhile.
 */
export class TokenBuckets {
  readonly #options: TokenBucketOptions;
  /** Least recently used first. */
  readonly #buckets = new Map<string | undefined, Bucket>();

  constructor(options: TokenBucketOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#buckets.size;
  }

  /** Takes a token, if there is a whole one. */
  take(key: string | undefined, nowMs: number): boolean {
    const level = this.#levelOf(key, nowMs);
    const isThere = level >= TOKEN;
    this.#buckets.delete(key);
    if (this.#buckets.size === this.#options.maxKeys) this.#forgetLeastRecentlyUsed();
    this.#buckets.set(key, { level: isThere ? level - TOKEN : level, atMs: nowMs });
    return isThere;
  }

  #levelOf(key: string | undefined, nowMs: number): number {
    const { capacity, refillRatePerSec } = this.#options;
    const bucket = this.#buckets.get(key);
    if (!bucket) return capacity * TOKEN;
    // A clock that was set back neither fills nor empties a bucket.
    const elapsedMs = Math.max(0, nowMs - bucket.atMs);
    return Math.min(capacity * TOKEN, bucket.level + elapsedMs * refillRatePerSec);
  }

  #forgetLeastRecentlyUsed(): void {
    for (const key of this.#buckets.keys()) {
      this.#buckets.delete(key);
      return;
    }
  }
}
