import type { Clock } from '../runtime/io/clock.js';

/** Time for commands. That of the sink is no part of their bundle: it takes care of programs that it is a guest in. */
export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, callback) {
    const timeout = setTimeout(callback, delayMs);
    return { cancel: () => clearTimeout(timeout) };
  },
};
