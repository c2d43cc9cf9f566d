import type { Ladder } from './verdict.js';

/** Bounds of the delay as multiples of the base: 30, 20 and 60 seconds with the default base of half a second. */
const LADDERS: Readonly<Record<Ladder, { readonly first: number; readonly last: number }>> = {
  transient: { first: 1, last: 60 },
  throttle: { first: 2, last: 40 },
  slow: { first: 4, last: 120 },
};

/**
 * Milliseconds to wait before the next attempt: random between nothing and a bound that doubles, so that many writers
 * who failed together do not return together.
 *
 * @param step 1 for the first retry
 * @param random a number from 0 to 1
 */
export function backoffMs(ladder: Ladder, step: number, baseMs: number, random: number): number {
  const { first, last } = LADDERS[ladder];
  return random * baseMs * Math.min(last, first * 2 ** Math.min(step - 1, 30));
}
