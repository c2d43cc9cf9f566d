import { recogniseErrorsOfNode } from '../../support/realm.js';
import { planOf } from './plan.js';
import { run } from './run.js';
import { complaints } from './verdict.js';

recogniseErrorsOfNode();

/** `CHAOS_SEED=7 CHAOS_RUNS=30` plays the runs 7 to 36 in place of these. */
const FIRST = Number(process.env['CHAOS_SEED'] ?? 1);
const RUNS = Number(process.env['CHAOS_RUNS'] ?? (process.env['CHAOS_SEED'] ? 1 : 6));
const seeds = Array.from({ length: RUNS }, (_, index) => FIRST + index);

describe('faults of the service, the network, the clock and the program at once: each event is found, or counted', () => {
  test.each(seeds)(
    'CHAOS_SEED=%d npx jest test/pipeline/chaos',
    async (seed) => {
      const plan = planOf(seed);
      const remains = await run(plan);
      expect({ plan, complaints: complaints(remains) }).toEqual({ plan, complaints: [] });
    },
    180_000,
  );
});
