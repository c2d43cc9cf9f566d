import * as fc from 'fast-check';
import { Sample } from '../../../local/live-tail/sample.js';

/** What is chosen of the numbers from 0 on. */
function sampleOf(count: number, size: number, random: () => number) {
  const sample = new Sample<number>(size, random);
  for (let item = 0; item < count; item++) sample.add(item);
  return sample.take();
}

test('is as large as it may be, and keeps the order', () => {
  const randoms = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 1, max: 20 }), randoms, (count, size, numbers) => {
      let turn = 0;
      const { items, isPartial } = sampleOf(count, size, () => numbers[turn++ % numbers.length]!);

      expect(items).toEqual([...new Set(items)].toSorted((one, other) => one - other));
      expect(items).toHaveLength(Math.min(count, size));
      expect(items.every((item) => item < count)).toBe(true);
      expect(isPartial).toBe(count > size);
    }),
  );
});

test('has each item as often as every other one', () => {
  const [count, size, runs] = [20, 5, 4000];
  const times = Array.from({ length: count }, () => 0);
  for (let run = 0; run < runs; run++) {
    for (const item of sampleOf(count, size, Math.random).items) times[item]! += 1;
  }
  // A thousand each: eight standard deviations are 220.
  for (const time of times) expect(Math.abs(time - (runs * size) / count)).toBeLessThan(220);
});

test('begins anew when it is taken', () => {
  const sample = new Sample<number>(2, Math.random);
  for (const item of [1, 2, 3]) sample.add(item);
  sample.take();
  sample.add(4);
  expect(sample.take()).toEqual({ items: [4], isPartial: false });
});
