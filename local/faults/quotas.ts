import { MAX_PUT_CALLS_PER_SECOND, MAX_STREAMS_CREATED_PER_SECOND } from '../../contract/limits.js';
import type { Call } from '../protocol/call.js';
import { throttled } from './throttled.js';

/**
 * Calls a second in each account and Region (documented). Where the number differs by Region, it is the lowest. Operations whose
 * number is not known are not limited.
 */
const CALLS_PER_SECOND: ReadonlyMap<string, number> = new Map([
  ['AssociateKmsKey', 5],
  ['CreateLogGroup', 10],
  ['CreateLogStream', MAX_STREAMS_CREATED_PER_SECOND],
  ['DeleteLogGroup', 10],
  ['DeleteLogStream', 15],
  ['DescribeLogGroups', 10],
  ['DescribeLogStreams', 25],
  ['FilterLogEvents', 5],
  ['GetLogEvents', 10],
  ['PutLogEvents', MAX_PUT_CALLS_PER_SECOND],
  ['PutMetricFilter', 5],
  ['PutRetentionPolicy', 5],
  ['PutSubscriptionFilter', 5],
  ['StartLiveTail', 5],
  ['TagResource', 5],
]);

/** Holds the calls of a second, and is filled up again as time passes. How the service counts is assumed. */
interface Bucket {
  calls: number;
  filledAtMs: number;
}

/** Limits the calls a second of each operation, account and Region. */
export class Quotas {
  readonly #limit: boolean | number;
  readonly #clock: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** @param limit calls a second of every operation; true for the service's own numbers, false for no limit */
  constructor(limit: boolean | number, clock: () => number) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** @throws ServiceError if the call is one too many */
  take({ operation, caller }: Call): void {
    const perSecond = this.#limit === true ? CALLS_PER_SECOND.get(operation) : this.#limit;
    if (perSecond === undefined || perSecond === false) return;
    const key = `${caller.accountId}/${caller.region}/${operation}`;
    const bucket = this.#filled(this.#buckets.get(key), perSecond);
    this.#buckets.set(key, bucket);
    if (bucket.calls < 1) throw throttled();
    bucket.calls -= 1;
  }

  #filled(bucket: Bucket | undefined, perSecond: number): Bucket {
    const filledAtMs = this.#clock();
    if (bucket === undefined) return { calls: Math.max(1, perSecond), filledAtMs };
    const added = (Math.max(0, filledAtMs - bucket.filledAtMs) / 1_000) * perSecond;
    return { calls: Math.min(Math.max(1, perSecond), bucket.calls + added), filledAtMs };
  }
}
