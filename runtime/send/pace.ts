/** By how much the time between calls grows with a throttled one: by a share of itself, and by so many steps. */
const GROWTH = 1.25;
const ADDED_STEPS = 3;

/** The share of it that the n-th success in a row takes away is n times this, for each step that it is long. */
const SHRINKAGE = 0.001;

/** The most that one success takes away. */
const MAX_SHRINKAGE = 0.5;

/**
 * How much time a writer leaves between its calls because the account's quota has no room for more. Each of many writers finds by
 * itself how often all of them can call: one throttled call means more time, and successes take it away again, slowly at first. Since
 * much time shrinks faster than little, and little grows faster than much, they come to leave the same. While no call is throttled, they
 * leave none.
 */
export class Pace {
  readonly #stepMs: number;
  readonly #maxMs: number;
  #spacingMs = 0;
  #successes = 0;

  /** @param stepMs about what a writer leaves of itself, or what helps at all */
  constructor(stepMs: number, maxMs: number) {
    this.#stepMs = stepMs;
    this.#maxMs = maxMs;
  }

  /** Milliseconds from one call to the next. */
  get spacingMs(): number {
    return this.#spacingMs;
  }

  throttled(): void {
    this.#successes = 0;
    this.#spacingMs = Math.min(this.#maxMs, this.#spacingMs * GROWTH + this.#stepMs * ADDED_STEPS);
  }

  succeeded(): void {
    const steps = this.#spacingMs / this.#stepMs;
    this.#spacingMs *= 1 - Math.min(MAX_SHRINKAGE, SHRINKAGE * ++this.#successes * steps);
    if (steps < 1 / 2) this.#spacingMs = 0;
  }
}
