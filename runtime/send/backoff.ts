import type { Ladder } from './verdict.js';

interface Steps {
  /** Upper bound of the first delay, as a multiple of the base. */
  readonly first: number;
  readonly maxMs: number;
}

const LADDERS: Readonly<Record<Ladder, Steps>> = {
  transient: { first: 1, maxMs: 30_000 },
  throttle: { first: 2, maxMs: 60_000 },
  slow: { first: 4, maxMs: 60_000 },
};

/**
 * Milliseconds to wait before the next attempt: random between nothing and a bound that doubles, so that many writers
 * who failed together do not return together.
 *
 * @param attempts calls made so far, at least one
 * @param random a number from 0 to 1
 */
export function backoffMs(ladder: Ladder, attempts: number, baseMs: number, random: number): number {
  const { first, maxMs } = LADDERS[ladder];
  return random * Math.min(maxMs, baseMs * first * 2 ** Math.min(attempts - 1, 30));
}
