/** Buckets count thousandths of a token: with whole rates and milliseconds, nothing has to be rounded. */
const TOKEN = 1_000;

interface Bucket {
  /** Thousandths of a token at `atMs`. */
  readonly level: number;
  readonly atMs: number;
}

export interface TokenBucketOptions {
  /** The most tokens that a bucket holds. It starts full. */
  readonly capacity: number;
  /** Tokens added per second, evenly. */
  readonly refillRatePerSec: number;
  /** The most buckets that are kept. Beyond that, the least recently used one is evicted; its key would start with a full one. */
  readonly maxKeys: number;
}

/**
 * Token buckets, one for each key. In any span of time, a bucket gives at most its capacity and what is added in that span.
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

  /** Takes a token; `false` if there is not a whole one. */
  take(key: string | undefined, nowMs: number): boolean {
    const level = this.#levelOf(key, nowMs);
    const hasToken = level >= TOKEN;
    this.#buckets.delete(key);
    if (this.#buckets.size === this.#options.maxKeys) this.#forgetLeastRecentlyUsed();
    this.#buckets.set(key, { level: hasToken ? level - TOKEN : level, atMs: nowMs });
    return hasToken;
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
