import type { Clock, Timer } from './clock.js';
import { setImmediate } from './real-timers.js';

/** Parts in which time is counted. A part in which the loop stood still is counted anew, as many times as there are parts. */
const PARTS = 8;

/** A timer that comes so much later than it should has waited for a loop that stood still. */
const LATE_MS = 100;

/** How much longer a deadline lasts that passed while the loop stood still. */
const GRACE_MS = 500;

/**
 * Calls back once the event loop has run for this time and an answer is still missing. Timers are called before sockets
 * are read: after a blocking call, SIGSTOP or a frozen sandbox, an ordinary timer would call back although the answer is
 * there. Here, time in which the loop stands still does not count, up to the same number of times as there are parts, and
 * everything that is there is read first.
 */
export function afterLoopTime(clock: Clock, delayMs: number, callback: () => void): Timer {
  const partMs = Math.ceil(delayMs / PARTS);
  let parts = PARTS;
  let stalls = PARTS;
  let timer: Timer;
  const count = (): void => {
    const dueMs = clock.monotonic() + partMs;
    timer = clock.after(partMs, () => {
      const isStall = clock.monotonic() - dueMs > Math.min(partMs, LATE_MS) && stalls-- > 0;
      if (!isStall) parts--;
      if (parts > 0) count();
      else timer = afterReading(callback);
    });
  };
  count();
  return { cancel: () => timer.cancel() };
}

/**
 * Calls back at a deadline that somebody was promised, which a loop that stands still does not put off: then there is
 * {@link GRACE_MS} to hear of what has happened meanwhile, and in any case everything that is there is read first.
 */
export function atDeadline(clock: Clock, delayMs: number, callback: () => void, holdsProcess = false): Timer {
  const dueMs = clock.monotonic() + delayMs;
  const pass = (): void => void (timer = afterReading(callback));
  let timer = clock.after(
    delayMs,
    () => {
      if (clock.monotonic() - dueMs <= LATE_MS) pass();
      else timer = clock.after(GRACE_MS, pass, holdsProcess);
    },
    holdsProcess,
  );
  return { cancel: () => timer.cancel() };
}

/** Calls back once the loop has read the sockets and messages that are ready. */
function afterReading(callback: () => void): Timer {
  let isCancelled = false;
  setImmediate(() => isCancelled || callback());
  return { cancel: () => void (isCancelled = true) };
}
