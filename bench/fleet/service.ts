import { TokenBuckets } from '../../runtime/filter/token-buckets.js';
import type { Timeline } from './timeline.js';

export type Operation = 'PutLogEvents' | 'CreateLogStream';

/** Time in which calls fail. */
export interface Outage {
  readonly fromMs: number;
  readonly untilMs: number;
  /** The share of the calls that fail. @default 1 */
  readonly share?: number | undefined;
  /** The share of the failing calls whose events are stored all the same. @default 0 */
  readonly storedShare?: number | undefined;
}

export interface ServiceOptions {
  /** Calls a second that the account has, for all its callers together. */
  readonly quotas: Readonly<Record<Operation, number>>;
  /** Time from a call to its answer. The slowest take many times as long. */
  readonly medianLatencyMs: number;
  readonly outages?: readonly Outage[] | undefined;
}

/** Calls of one operation, by what became of them. */
export interface CallCounts {
  accepted: number;
  throttled: number;
  failed: number;
}

/** How long an answer takes that says no. */
const REFUSAL_MS = 10;

/** Of the logarithm of the latency: one call of a hundred takes five times the median. */
const LATENCY_SIGMA = 0.7;

/**
 * CloudWatch Logs, as far as a fleet meets it: quotas of the account, an answer that takes time, outages. Counts calls by
 * the second in which they were made.
 */
export class Service {
  readonly #options: ServiceOptions;
  readonly #timeline: Timeline;
  readonly #random: () => number;
  readonly #buckets: Readonly<Record<Operation, TokenBuckets>>;
  readonly #streams = new Set<string>();
  /** Of all callers, by second. */
  readonly seconds: Readonly<Record<Operation, CallCounts[]>> = { PutLogEvents: [], CreateLogStream: [] };

  constructor(options: ServiceOptions, timeline: Timeline, random: () => number) {
    this.#options = options;
    this.#timeline = timeline;
    this.#random = random;
    this.#buckets = {
      PutLogEvents: bucketOf(options.quotas.PutLogEvents),
      CreateLogStream: bucketOf(options.quotas.CreateLogStream),
    };
  }

  /**
   * Rejects with the service's error.
   *
   * @param stream which has to be there; that of another logger is
   * @param store called if the events are stored, which they may be although the call fails
   */
  async put(stream: string | undefined, store: (atMs: number) => void): Promise<void> {
    const outage = this.#outage();
    const outcome = this.#admit('PutLogEvents', outage);
    if (outcome === 'accepted' && stream !== undefined && !this.#streams.has(stream)) {
      await this.#after(REFUSAL_MS);
      throw errorNamed('ResourceNotFoundException', 400);
    }
    const isStored =
      outcome === 'accepted' || (outcome === 'failed' && this.#random() < (outage?.storedShare ?? 0));
    await this.#answer(outcome);
    if (isStored) store(this.#timeline.now());
    this.#throwFor(outcome);
  }

  /** Rejects with the service's error. */
  async createStream(stream: string): Promise<void> {
    const outcome = this.#admit('CreateLogStream', this.#outage());
    await this.#answer(outcome);
    this.#throwFor(outcome);
    this.provide(stream);
  }

  /** The stream is there. */
  provide(stream: string): void {
    this.#streams.add(stream);
  }

  #admit(operation: Operation, outage: Outage | undefined): keyof CallCounts {
    const isFailing = outage && this.#random() < (outage.share ?? 1);
    const isGranted = isFailing || this.#buckets[operation].take(undefined, this.#timeline.monotonic());
    const outcome = isFailing ? 'failed' : isGranted ? 'accepted' : 'throttled';
    const second = Math.floor(this.#timeline.monotonic() / 1_000);
    const counts = (this.seconds[operation][second] ??= { accepted: 0, throttled: 0, failed: 0 });
    counts[outcome]++;
    return outcome;
  }

  #answer(outcome: keyof CallCounts): Promise<void> {
    return this.#after(outcome === 'accepted' ? this.#latencyMs() : REFUSAL_MS);
  }

  #throwFor(outcome: keyof CallCounts): void {
    if (outcome === 'throttled') throw errorNamed('ThrottlingException', 400);
    if (outcome === 'failed') throw errorNamed('ServiceUnavailableException', 503);
  }

  #outage(): Outage | undefined {
    const nowMs = this.#timeline.monotonic();
    return this.#options.outages?.find(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs);
  }

  #after(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.#timeline.after(delayMs, resolve));
  }

  /** By the method of Box and Muller. */
  #latencyMs(): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
    return this.#options.medianLatencyMs * Math.exp(LATENCY_SIGMA * normal);
  }
}

/** The calls of one second can come at once. */
function bucketOf(perSecond: number): TokenBuckets {
  return new TokenBuckets({ capacity: Math.max(1, perSecond), refillRatePerSec: perSecond, maxKeys: 1 });
}

function errorNamed(name: string, httpStatusCode: number): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
}
