/** Time as the sink sees it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once. The process stays alive for it only if it `holdsProcess`. */
  after(delayMs: number, callback: () => void, holdsProcess?: boolean): Timer;
}

export interface Timer {
  cancel(): void;
}

/** Longest delay that Node's timers keep; a longer one would fire at once. */
const MAX_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, callback, holdsProcess = false) {
    const timeout = setTimeout(callback, Math.min(delayMs, MAX_TIMER_MS));
    if (!holdsProcess) timeout.unref();
    return { cancel: () => clearTimeout(timeout) };
  },
};
