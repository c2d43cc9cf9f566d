import type { ValuesOf } from '../../contract/sections.js';
import type { LogRecord } from '../log-record.js';
import type { Filter, FilterContext } from './filter.js';
import { keyOf } from './key.js';
import { SuppressionSummary } from './suppression-summary.js';
import { TokenBuckets } from './token-buckets.js';

/** The share of `maxKeys` above which the filter reports that buckets run out. */
const NEARLY_FULL = 0.9;

/**
 * The filter `rate_limit`: keeps a token bucket for each value of `keyField`, and one for all records without such a value. A
 * record that finds no token is held back, and one summary per `windowSeconds` counts these; or, with `overflowAction: 'mark'`,
 * it goes on with the field `rate_limited: true`.
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
    this.#summary.emitIfDue();
    if (this.#takesToken(record)) return record;
    if (this.#settings.overflowAction === 'mark') {
      return { ...record, fields: [...record.fields, { rate_limited: true }] };
    }
    this.#summary.add(record);
    return undefined;
  }

  close(): void {
    this.#summary.emit();
  }

  #takesToken(record: LogRecord): boolean {
    const { keyField } = this.#settings;
    const now = this.#context.clock.monotonic();
    if (keyField === undefined) return this.#buckets.take(undefined, now);
    const hasToken = this.#buckets.take(keyOf(record, keyField), now);
    this.#reportNearlyFull(keyField);
    return hasToken;
  }

  /** Reports once. A key whose bucket was evicted starts with a full one, and so passes more than its rate. */
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
