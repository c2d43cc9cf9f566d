import type { ValuesOf } from '../../contract/sections.js';
import type { LogRecord } from '../log-record.js';
import type { Filter, FilterContext } from './filter.js';
import { keyOf } from './key.js';
import { SuppressionSummary } from './suppression-summary.js';
import { TokenBuckets } from './token-buckets.js';

/** The share of `maxKeys` above which the operator is told. */
const NEARLY_FULL = 0.9;

/**
 * The filter `rate_limit`: a token bucket for each value of `keyField`; records without such a value share one. A record
 * that finds no token is dropped, and one record per `windowSeconds` tells how many were; or it is marked with
 * `rate_limited: true` and goes on.
 */
export class RateLimitFilter implements Filter {
  readonly name = 'rate_limit';
  readonly #settings: ValuesOf<'rateLimit'>;
  readonly #context: FilterContext;
  readonly #buckets: TokenBuckets;
  readonly #summary: SuppressionSummary;
  #hasReported = false;

  constructor(settings: ValuesOf<'rateLimit'>, context: FilterContext) {
    this.#settings = settings;
    this.#context = context;
    this.#buckets = new TokenBuckets(settings);
    this.#summary = new SuppressionSummary(this.name, settings.windowSeconds * 1_000, context);
  }

  apply(record: LogRecord): LogRecord | undefined {
    this.#summary.tellIfDue();
    if (this.#takesToken(record)) return record;
    if (this.#settings.overflowAction === 'mark') {
      return { ...record, fields: [...record.fields, { rate_limited: true }] };
    }
    this.#summary.add(record);
    return undefined;
  }

  close(): void {
    this.#summary.tell();
  }

  #takesToken(record: LogRecord): boolean {
    const { keyField } = this.#settings;
    const now = this.#context.clock.now();
    if (keyField === undefined) return this.#buckets.take(undefined, now);
    const isThere = this.#buckets.take(keyOf(record, keyField), now);
    this.#reportNearlyFull(keyField);
    return isThere;
  }

  /** Once: keys that come back after their bucket has left are not limited as they should be. */
  #reportNearlyFull(keyField: string): void {
    const { size } = this.#buckets;
    const { maxKeys } = this.#settings;
    if (this.#hasReported || size <= maxKeys * NEARLY_FULL) return;
    this.#hasReported = true;
    this.#context.report(
      'rate_limit.maxKeys',
      `rate_limit has ${size} buckets of at most ${maxKeys}; beyond that, the least recently used one leaves and its ` +
        `key starts with a full one: raise max_keys, or choose a key_field of fewer values than ${keyField}`,
    );
  }
}
