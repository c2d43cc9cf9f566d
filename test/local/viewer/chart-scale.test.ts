import * as fc from 'fast-check';
import {
  scaleOf,
  shareOf,
  shortNumber,
  unbroken,
} from '../../../local/viewer/client/insights/chart-scale.js';

test.each([
  [[0], [0, 1]],
  [[], [0, 1]],
  [[3], [0, 1, 2, 3]],
  [[7], [0, 5, 10]],
  [
    [9, 31],
    [0, 20, 40],
  ],
  [[0.25], [0, 0.1, 0.2, 0.3]],
  [
    [-4, 12],
    [-10, 0, 10, 20],
  ],
  [[-3], [-3, -2, -1, 0, 1]],
])('the marks beside %j are %j', (values, marks) => {
  expect(scaleOf(values).marks).toEqual(marks);
});

test('a scale has zero and every number, and few marks', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e300, max: 1e300, noNaN: true })), (values) => {
      const scale = scaleOf(values);
      const shares = [0, ...values].map((value) => shareOf(value, scale));
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...shares)).toBeLessThanOrEqual(1);
      expect(scale.marks.length).toBeLessThanOrEqual(6);
      expect(scale.marks).toContain(0);
    }),
  );
});

test('numbers that are none are left out of the scale', () => {
  expect(scaleOf([Number.NaN, Number.POSITIVE_INFINITY, 2]).to).toBe(2);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1_500, '1.5 k'],
  [-2_000_000, '-2 M'],
  [1.23456e9, '1.235 G'],
  [0.05, '0.05'],
])('%d beside an axis is %s', (value, text) => {
  expect(shortNumber(value)).toBe(text);
});

test('a line has a gap where a bin is missing, and where it has no value', () => {
  expect(unbroken([0, 1, 2, 4, 5], [1, 1, 1, 1, 1])).toEqual([
    [0, 1, 2],
    [3, 4],
  ]);
  expect(unbroken([0, 1, 2], [1, undefined, 1])).toEqual([[0], [2]]);
  expect(unbroken([5], [1])).toEqual([[0]]);
  expect(unbroken([], [])).toEqual([]);
});
