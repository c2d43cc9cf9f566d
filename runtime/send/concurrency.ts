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
  #isSerial = false;

  constructor(max: number, isSerial = false) {
    this.#max = max;
    this.#limit = Math.min(INITIAL, max);
    if (isSerial) this.serialize();
  }

  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Whether there is only ever one call at a time, which then also waits for the one before to be settled. */
  get isSerial(): boolean {
    return this.#isSerial;
  }

  /** Marks the time of a call's start, so that several calls throttled together count once. */
  get epoch(): number {
    return this.#epoch;
  }

  succeeded(): void {
    this.#limit = Math.min(this.#max, this.#limit + 1 / this.#limit);
  }

  /** Says whether the call is the first of several that were throttled together. */
  throttled(epoch: number): boolean {
    if (epoch !== this.#epoch) return false;
    this.#epoch++;
    this.#limit = Math.max(1, this.#limit / 2);
    return true;
  }

  /** One call at a time from now on. */
  serialize(): void {
    this.#isSerial = true;
    this.#max = 1;
    this.#limit = 1;
  }
}
