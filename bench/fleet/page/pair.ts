import type { FleetResult } from '../result.js';
import { scenarios } from '../scenarios.js';

/** What a scenario showed, with the restraint and without it. */
export interface Pair {
  readonly scenario: string;
  readonly about: string;
  readonly isOutage: boolean;
  readonly restrained: FleetResult;
  readonly unrestrained: FleetResult;
}

/** In the order of the scenarios. One of which a result is missing is left out. */
export function pairsOf(results: readonly FleetResult[]): Pair[] {
  return scenarios.flatMap(({ name, about, service }) => {
    const of = (wanted: boolean): FleetResult | undefined =>
      results.find(({ scenario, isRestrained }) => scenario === name && isRestrained === wanted);
    const restrained = of(true);
    const unrestrained = of(false);
    if (!restrained || !unrestrained) return [];
    return [{ scenario: name, about, isOutage: service.outages !== undefined, restrained, unrestrained }];
  });
}
