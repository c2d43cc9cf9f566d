import { systemClock, type Clock } from '../../io/clock.js';
import type { Outlet } from '../outlet/outlet.js';

/** A flush that begins sooner after one that has waited in vain is part of it, in milliseconds. */
const SAME_MS = 1_000;

/**
 * Flushes with a deadline. The batch processor of the SDK flushes its exporter once for each of its batches, one after the other:
 * while the service takes nothing, only the first of them waits.
 */
export class Flushing {
  readonly #outlet: Outlet;
  readonly #deadlineMs: number;
  readonly #clock: Clock;
  #inVainAtMs = -Infinity;

  constructor(outlet: Outlet, deadlineMs: number, clock: Clock = systemClock) {
    this.#outlet = outlet;
    this.#deadlineMs = deadlineMs;
    this.#clock = clock;
  }

  /** Resolves once all is settled, or at the deadline. Never rejects: the batch processor would stop for ever. */
  async flush(withinMs = this.#deadlineMs): Promise<void> {
    const isAgain = this.#clock.monotonic() - this.#inVainAtMs < SAME_MS;
    const { accepted } = this.#outlet.stats();
    const deadlineMs = isAgain ? 0 : Math.min(withinMs, this.#deadlineMs);
    const account = await this.#outlet.flush({ deadlineMs });
    const isSettled = account.accepted - account.pending >= accepted;
    this.#inVainAtMs = isSettled ? -Infinity : this.#clock.monotonic();
  }
}
