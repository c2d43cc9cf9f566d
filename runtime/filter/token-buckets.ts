import type { ValuesOf } from '../../contract/sections.js';

/** Buckets count thousandths of a token: with whole rates and milliseconds, nothing has to be rounded. */
const TOKEN = 1_000;

interface Bucket {
  /** Thousandths of a token at `atMs`. */
  readonly level: number;
  readonly atMs: number;
}

type Options = Pick<ValuesOf<'rateLimit'>, 'capacity' | 'refillRatePerSec' | 'maxKeys'>;

/**
 * Token buckets, one for each key; each starts full. In any span of time, a bucket gives at most its capacity and what is added in
 * that span. Beyond `maxKeys`, the least recently used bucket leaves, and its key would start with a full one.
 */
export class TokenBuckets {
  readonly #options: Options;
  /** Least recently used first. */
  readonly #buckets = new Map<string | undefined, Bucket>();

  constructor(options: Options) {
    this.#options = options;
  }

  get size(): number {
    return this.#buckets.size;
  }

  /**
   * Takes a token; `false` if there is not a whole one.
   *
   * @param nowMs by a clock that never goes back
   */
  take(key: string | undefined, nowMs: number): boolean {
    const level = this.#levelOf(key, nowMs);
    const hasToken = level >= TOKEN;
    this.#buckets.delete(key);
    if (this.#buckets.size === this.#options.maxKeys) this.#buckets.delete(this.#leastRecentlyUsed);
    this.#buckets.set(key, { level: hasToken ? level - TOKEN : level, atMs: nowMs });
    return hasToken;
  }

  #levelOf(key: string | undefined, nowMs: number): number {
    const { capacity, refillRatePerSec } = this.#options;
    const bucket = this.#buckets.get(key);
    if (!bucket) return capacity * TOKEN;
    return Math.min(capacity * TOKEN, bucket.level + (nowMs - bucket.atMs) * refillRatePerSec);
  }

  get #leastRecentlyUsed(): string | undefined {
    const [key] = this.#buckets.keys();
    return key;
  }
}
