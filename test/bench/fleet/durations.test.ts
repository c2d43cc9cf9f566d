import * as fc from 'fast-check';
import { Durations } from '../../../bench/fleet/durations.js';
import { quantile } from '../../../bench/statistics.js';

const HOUR_MS = 3_600_000;

/** For what a logarithm rounds. */
const ROUNDING = 1e-9;

function durationsOf(values: readonly number[]): Durations {
  const durations = new Durations();
  for (const ms of values) durations.add(ms);
  return durations;
}

test('without durations, each figure is 0', () => {
  const { count, meanMs, maxMs } = new Durations();

  expect({ count, meanMs, maxMs, p50: new Durations().quantileMs(0.5) }).toEqual({
    count: 0,
    meanMs: 0,
    maxMs: 0,
    p50: 0,
  });
});

test('a quantile exceeds the exact one by two per cent at most, and never the longest duration', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1, max: 14 * HOUR_MS, noNaN: true }), { minLength: 1 }),
      fc.constantFrom(0.01, 0.5, 0.9, 0.99, 0.999, 1),
      (values, share) => {
        const durations = durationsOf(values);
        const exact = quantile(
          values.toSorted((a, b) => a - b),
          share,
        );

        expect(durations.quantileMs(share)).toBeGreaterThanOrEqual(exact * (1 - ROUNDING));
        expect(durations.quantileMs(share)).toBeLessThanOrEqual(exact * 1.02 * (1 + ROUNDING));
        expect(durations.quantileMs(share)).toBeLessThanOrEqual(Math.max(...values));
      },
    ),
  );
});

test('count, mean and longest are exact', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 * HOUR_MS }), { minLength: 1 }), (values) => {
      const durations = durationsOf(values);

      expect(durations.count).toBe(values.length);
      expect(durations.meanMs).toBe(values.reduce((total, ms) => total + ms, 0) / values.length);
      expect(durations.maxMs).toBe(Math.max(...values));
    }),
  );
});

test('what takes no time at all has a quantile of no time', () => {
  expect(durationsOf([0, 0, 0]).quantileMs(0.5)).toBe(0);
});

test('longer durations than it has room for count as its longest', () => {
  const durations = durationsOf([30 * HOUR_MS, 40 * HOUR_MS]);

  expect(durations.quantileMs(0.5) / HOUR_MS).toBeCloseTo(15, 0);
  expect(durations.maxMs).toBe(40 * HOUR_MS);
});
