import type { Problem } from '../contract/problems.js';

const DELIVERIES = ['direct', 'stdout'] as const;

/** Who delivers the lines of a function: its sink by `PutLogEvents` (`direct`), or Lambda from standard output (`stdout`). */
export type Delivery = (typeof DELIVERIES)[number];

/** TypeScript rules these out, JavaScript does not. */
export function deliveryProblems(delivery: unknown, where: string): Problem[] {
  if (delivery === undefined || (DELIVERIES as readonly unknown[]).includes(delivery)) return [];
  return [{ where, value: delivery, allowed: DELIVERIES.map((each) => `"${each}"`).join(' or ') }];
}
