import { isInJest } from './late-modules.cjs';
import { clearTimeout, monotonicMs, setTimeout } from './real-timers.js';
import { needStack } from './stack.js';

/** Time as the sink sees it. */
export interface Clock {
  /** Milliseconds since the epoch, for people and for the service: this clock can be set, and tests fake it. */
  now(): number;
  /** Milliseconds since some moment, for ages, delays and windows: nobody can set this clock. */
  monotonic(): number;
  /** Calls back once. The process stays alive for it only if it `holdsProcess`, and never under Jest. */
  after(delayMs: number, callback: () => void, holdsProcess?: boolean): Timer;
}

/** A call that is due later. */
export interface Timer {
  /** Takes the call back; does nothing once it was made. */
  cancel(): void;
}

/** When something happened. */
export interface Moment {
  /** For people, in milliseconds since the epoch. */
  readonly atMs: number;
  /** For comparison with other moments. */
  readonly monotonicMs: number;
}

export function momentOf(clock: Pick<Clock, 'now' | 'monotonic'>): Moment {
  return { atMs: clock.now(), monotonicMs: clock.monotonic() };
}

/** Milliseconds since then, by the clock that says more: while a machine sleeps, only the time of day goes on. */
export function elapsedMs(clock: Pick<Clock, 'now' | 'monotonic'>, since: Moment): number {
  return Math.max(clock.now() - since.atMs, clock.monotonic() - since.monotonicMs);
}

/** Longest delay that Node's timers keep; a longer one would fire at once. */
const MAX_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: monotonicMs,
  after(delayMs, callback, holdsProcess = false) {
    // A timer that is made, and then not unreferenced because the stack is full, would hold the process.
    needStack('aRecord');
    const timeout = setTimeout(callback, Math.min(delayMs, MAX_TIMER_MS));
    if (!holdsProcess || isInJest) timeout.unref();
    return { cancel: () => clearTimeout(timeout) };
  },
};
