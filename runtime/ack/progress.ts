import type { Clock } from '../io/clock.js';
import { atDeadline } from '../io/loop-timer.js';

/** Lets callers wait for a condition that only a settled batch can make true. */
export class Progress {
  readonly #clock: Clock;
  readonly #waiters = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something was settled: whoever waits looks again. */
  made(): void {
    for (const look of this.#waiters) look();
  }

  /**
   * Resolves to true once the condition holds, to false at the deadline. Somebody who waits keeps the process alive,
   * because everything else that will happen may stand on timers that do not.
   */
  until(condition: () => boolean, deadlineMs = Infinity): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (outcome: boolean): void => {
        timer.cancel();
        this.#waiters.delete(look);
        resolve(outcome);
      };
      const look = (): void => {
        if (condition()) finish(true);
      };
      const timer = atDeadline(this.#clock, Math.max(0, deadlineMs), () => finish(false), true);
      this.#waiters.add(look);
    });
  }
}
