import type { Problem } from '../contract/problems.js';

const DELIVERIES = ['direct', 'stdout'] as const;

/** Who delivers the lines of a function: its sink by `PutLogEvents` (`direct`), or Lambda from standard output (`stdout`). */
export type Delivery = (typeof DELIVERIES)[number];

/** The delivery of all functions that a construct binds. */
export interface DeliveryProps {
  /**
   * Who delivers the lines of the functions that are bound, unless `bindTo` says otherwise: the sink itself by `PutLogEvents`
   * (`direct`), or Lambda from standard output (`stdout`). Whatever else writes, and reads settings that are exported, delivers
   * directly: containers, machines, imported functions, and functions of another account or Region.
   *
   * docs/lambda.md says when to choose which.
   *
   * @default 'direct'
   */
  readonly delivery?: Delivery | undefined;
}

/** TypeScript rules these out, JavaScript does not. */
export function deliveryProblems(delivery: unknown, where: string): Problem[] {
  if (delivery === undefined || (DELIVERIES as readonly unknown[]).includes(delivery)) return [];
  return [{ where, value: delivery, allowed: DELIVERIES.map((each) => `"${each}"`).join(' or ') }];
}
