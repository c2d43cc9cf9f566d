import { MAX_FUTURE_MS, MAX_PAST_MS } from '../../contract/limits.js';

/** Why the service would discard an event by its time. */
export type OutOfWindow = 'tooOld' | 'expired' | 'tooNew';

const DAY_MS = 86_400_000;

/** The times that the service stores: 14 days back, less if the log group keeps less, and two hours ahead. */
export class Window {
  readonly #retentionMs: number;

  constructor(retentionInDays: number | undefined) {
    this.#retentionMs = retentionInDays === undefined ? Infinity : retentionInDays * DAY_MS;
  }

  /**
   * Why an event of this time would be discarded now; `undefined` if it would be stored.
   *
   * @param nowMs the service's time; while nobody knows it, the service itself decides about each event
   */
  excludes(timestamp: number, nowMs: number | undefined): OutOfWindow | undefined {
    if (nowMs === undefined) return undefined;
    const ageMs = nowMs - timestamp;
    if (ageMs > MAX_PAST_MS) return 'tooOld';
    if (ageMs > this.#retentionMs) return 'expired';
    return -ageMs > MAX_FUTURE_MS ? 'tooNew' : undefined;
  }
}
