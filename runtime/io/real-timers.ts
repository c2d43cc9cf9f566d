import * as timers from 'node:timers';

/**
 * Node's own timers, taken when this package is loaded. A test that installs fake ones later stops its own time, and not
 * the delivery of its log events.
 */
export const { setTimeout, clearTimeout, setImmediate } = timers;

const { hrtime } = process;

/**
 * Milliseconds since some moment, the same in all threads of a process. Setting the clock of the machine does not change
 * it, nor do fake timers that are installed later.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}
