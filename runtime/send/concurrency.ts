/** Calls in flight before anything is known about the service's mood. */
const INITIAL = 2;

/**
 * How many calls may be in flight: one more after as many successes as there are places, half of them after a
 * throttled call (additive increase, multiplicative decrease).
 */
export class Concurrency {
  #max: number;
  #limit: number;
  #epoch = 0;

  constructor(max: number) {
    this.#max = max;
    this.#limit = Math.min(INITIAL, max);
  }

  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Marks the time of a call's start, so that several calls throttled together count once. */
  get epoch(): number {
    return this.#epoch;
  }

  succeeded(): void {
    this.#limit = Math.min(this.#max, this.#limit + 1 / this.#limit);
  }

  throttled(epoch: number): void {
    if (epoch !== this.#epoch) return;
    this.#epoch++;
    this.#limit = Math.max(1, this.#limit / 2);
  }

  /** One call at a time from now on. */
  serialize(): void {
    this.#max = 1;
    this.#limit = 1;
  }
}
