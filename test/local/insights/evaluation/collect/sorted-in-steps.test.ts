import * as fc from 'fast-check';
import { sortedInSteps } from '../../../../../local/insights/evaluation/collect/sorted-in-steps.js';
import { allOf } from '../../../../../local/steps.js';

interface Item {
  readonly key: number;
  readonly place: number;
}

const byKey = (one: Item, other: Item): number => one.key - other.key;

function itemsOf(keys: readonly number[]): Item[] {
  return keys.map((key, place) => ({ key, place }));
}

test('sorts as toSorted, and keeps the order of equal items', () => {
  const keys = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 3_000, size: 'max' });
  fc.assert(
    fc.property(keys, (some) => {
      const items = itemsOf(some);

      expect(allOf(sortedInSteps(items, byKey))).toEqual(items.toSorted(byKey));
    }),
    { numRuns: 40 },
  );
});

test('compares few items between two steps', () => {
  const items = itemsOf(Array.from({ length: 100_000 }, (_, index) => (index * 7_919) % 100_003));
  let [compared, most] = [0, 0];
  const steps = sortedInSteps(items, (one, other) => {
    compared += 1;
    return byKey(one, other);
  });
  while (steps.next().done !== true) [most, compared] = [Math.max(most, compared), 0];

  expect(most).toBeLessThan(10_000);
});
