import { setImmediate } from 'node:timers/promises';

/** How long the event loop may be kept from calls that arrive. */
const TURN_MS = 8;

/**
 * Looking at the clock takes longer than looking at an event; looking at these characters with a pattern may take longer still. Where
 * steps turn out to be slow, each is followed by a look.
 */
const STEPS_A_LOOK = 16;
const SLOW_STEPS_MS = 1;
const CHARACTERS_A_STEP = 4_096;

/** Thrown where nobody waits for the result any more. */
export class Abandoned extends Error {}

/** Divides a long walk into turns of the event loop. */
export class Turns {
  readonly #isAbandoned: () => boolean;
  readonly #wait: () => Promise<unknown>;
  readonly #endMs: number;
  #turnStartedMs = performance.now();
  #steps = 0;
  #stepsALook = 1;
  #lookedMs = this.#turnStartedMs;

  /**
   * @param isAbandoned says whether the caller has left
   * @param budgetMs after which a walk that can end early does
   * @param wait resolves when the next turn may begin
   */
  constructor(
    isAbandoned: () => boolean,
    budgetMs = Number.POSITIVE_INFINITY,
    wait: () => Promise<unknown> = setImmediate,
  ) {
    this.#isAbandoned = isAbandoned;
    this.#wait = wait;
    this.#endMs = this.#turnStartedMs + budgetMs;
  }

  /** Counts a step over a message. Whether the turn is over: then `next` is to be awaited before anything else is read. */
  isOver(message: string): boolean {
    this.#steps += 1 + message.length / CHARACTERS_A_STEP;
    if (this.#steps < this.#stepsALook) return false;
    const nowMs = performance.now();
    this.#stepsALook = nowMs - this.#lookedMs > SLOW_STEPS_MS ? 1 : STEPS_A_LOOK;
    [this.#steps, this.#lookedMs] = [0, nowMs];
    return nowMs - this.#turnStartedMs > TURN_MS;
  }

  /**
   * Does work to its end.
   *
   * @throws Abandoned if the caller has left meanwhile
   */
  async finish<Result>(work: Generator<void, Result, void>): Promise<Result> {
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
      if (this.isOver('')) await this.next();
    }
  }

  areSpent(): boolean {
    return performance.now() > this.#endMs;
  }

  /** @throws Abandoned if the caller has left */
  async next(): Promise<void> {
    await this.#wait();
    if (this.#isAbandoned()) throw new Abandoned();
    this.#turnStartedMs = performance.now();
    this.#lookedMs = this.#turnStartedMs;
  }
}
