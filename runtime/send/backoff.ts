import type { Ladder } from './verdict.js';

/**
 * Bounds of the delay as multiples of the base, and by how much each exceeds the one before: at the most 30, 20, 60 and 60 seconds with
 * the default base of half a second.
 */
const LADDERS = {
  transient: { first: 1, growth: 2, last: 60 },
  throttle: { first: 2, growth: 2, last: 40 },
  slow: { first: 4, growth: 2, last: 120 },
  creation: { first: 8, growth: 4, last: 120 },
} satisfies Readonly<Record<Ladder, object>>;

/**
 * Milliseconds to wait before the next attempt: random between nothing and a bound that grows, so that many writers
 * who failed together do not return together.
 *
 * @param step 1 for the first retry
 * @param random a number from 0 to 1
 */
export function backoffMs(ladder: Ladder, step: number, baseMs: number, random: number): number {
  const { first, growth, last } = LADDERS[ladder];
  return random * baseMs * Math.min(last, first * growth ** Math.min(step - 1, 30));
}
