import * as fc from 'fast-check';
import { quantile, spreadOf } from '../../bench/statistics.js';

test.each([
  [[3], { median: 3, min: 3, max: 3 }],
  [[10, 9, 2], { median: 9, min: 2, max: 10 }],
  [[4, 1, 3, 2], { median: 2.5, min: 1, max: 4 }],
])('the spread of %j', (values, spread) => {
  expect(spreadOf(values)).toEqual(spread);
});

test('no values have no spread and no quantile', () => {
  expect(() => spreadOf([])).toThrow('no value was measured; expected one at least');
  expect(() => quantile([], 0.5)).toThrow('no value was measured; expected one at least');
});

test.each([
  [0, 1],
  [0.5, 50],
  [0.99, 99],
  [0.999, 100],
  [1, 100],
])('the quantile %d of the numbers from 1 to 100', (share, value) => {
  const numbers = Array.from({ length: 100 }, (_, index) => index + 1);

  expect(quantile(numbers, share)).toBe(value);
});

test('a quantile is a value that enough others do not exceed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, share) => {
        const sorted = values.toSorted((a, b) => a - b);
        const value = quantile(sorted, share);

        expect(sorted.filter((each) => each <= value).length).toBeGreaterThanOrEqual(share * sorted.length);
      },
    ),
  );
});
