import { setImmediate } from 'node:timers/promises';

/** How long the event loop may be kept from calls that arrive. */
const TURN_MS = 8;

/** Looking at the clock takes longer than looking at an event. */
const STEPS_A_LOOK = 16;

/** Thrown where nobody waits for the result any more. */
export class Abandoned extends Error {}

/** Divides a long walk into turns of the event loop. */
export class Turns {
  readonly #isAbandoned: () => boolean;
  readonly #endMs: number;
  #turnStartedMs = performance.now();
  #steps = 0;

  /**
   * @param isAbandoned says whether the caller has left
   * @param budgetMs after which a walk that can end early does
   */
  constructor(isAbandoned: () => boolean, budgetMs = Number.POSITIVE_INFINITY) {
    this.#isAbandoned = isAbandoned;
    this.#endMs = this.#turnStartedMs + budgetMs;
  }

  /** Counts a step. Whether the turn is over: then `next` is to be awaited before anything else is read. */
  isOver(): boolean {
    this.#steps += 1;
    return this.#steps % STEPS_A_LOOK === 0 && performance.now() - this.#turnStartedMs > TURN_MS;
  }

  areSpent(): boolean {
    return performance.now() > this.#endMs;
  }

  /** @throws Abandoned if the caller has left */
  async next(): Promise<void> {
    await setImmediate();
    if (this.#isAbandoned()) throw new Abandoned();
    this.#turnStartedMs = performance.now();
  }
}
