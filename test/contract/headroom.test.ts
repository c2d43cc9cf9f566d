import * as fc from 'fast-check';
import { advisedQuota, advisedSeconds, roundedUp } from '../../contract/headroom.js';

test.each([
  [0.02, 0.5],
  [3, 3],
  [3.001, 3.5],
  [9.6, 10],
  [10.1, 11],
  // 0.1 * 3 * 10 is a little more than 3.
  [0.1 * 3 * 10, 3],
  [59.1, 60],
  [60, 60],
  [60.1, undefined],
  [11_991, undefined],
])('where %d s are the least, %p s are advised', (least, advised) => {
  expect(advisedSeconds(least)).toBe(advised);
});

test.each([
  [4_000, 5_000],
  [4_001, 5_100],
  [6_000, 7_500],
  [5_963, 7_500],
])('%d calls a second take four fifths of %d', (calls, quota) => {
  expect(advisedQuota(calls)).toBe(quota);
});

test.each([
  [0.2, 1],
  [5, 5],
  [5.1, 6],
  [10, 10],
  [99.5, 100],
  [6_250, 6_300],
  [12_875, 13_000],
  [25_000, 25_000],
])('%d rounded up is %d', (number, rounded) => {
  expect(roundedUp(number)).toBe(rounded);
});

test('what is rounded up is not less, and not a tenth more from ten on', () => {
  fc.assert(
    fc.property(fc.double({ min: 10, max: 1e9, noNaN: true }), (number) => {
      expect(roundedUp(number)).toBeGreaterThanOrEqual(number);
      expect(roundedUp(number)).toBeLessThanOrEqual(number * 1.1);
    }),
  );
});
