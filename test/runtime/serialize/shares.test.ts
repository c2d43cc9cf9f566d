import * as fc from 'fast-check';
import { shares, sum, type Claims } from '../../../runtime/serialize/shares.js';

const LEAST = 41;

const claims = (sizes: readonly number[], given: Partial<Claims> = {}): Claims => ({
  sizes,
  leastOf: () => LEAST,
  isList: false,
  markBytes: 0,
  ...given,
});

const allSizes = fc.array(fc.oneof(fc.integer({ min: 2, max: 50 }), fc.integer({ min: 2, max: 5_000 })), {
  maxLength: 200,
});

test('together the shares fit, and each is whole, nothing, or enough for a mark', () => {
  fc.assert(
    fc.property(allSizes, fc.nat(10_000), fc.boolean(), (sizes, room, isList) => {
      const granted = shares(claims(sizes, { isList, markBytes: 40 }), room);
      expect(sum(granted)).toBeLessThanOrEqual(room);
      for (const [index, share] of granted.entries()) {
        const isEnough = share >= LEAST && share < sizes[index]!;
        expect(share === 0 || share === sizes[index] || isEnough).toBe(true);
      }
      // What is left out has a mark.
      if (granted.includes(0)) expect(sum(granted)).toBeLessThanOrEqual(Math.max(0, room - 40));
    }),
  );
});

test('where all fit, all are whole', () => {
  fc.assert(
    fc.property(allSizes, fc.boolean(), (sizes, isList) => {
      expect(shares(claims(sizes, { isList, markBytes: 40 }), sum(sizes))).toEqual(sizes);
    }),
  );
});

test('the largest shrink to one size, and smaller ones are whole', () => {
  expect(shares(claims([10, 900, 300, 2_000]), 1_000)).toEqual([10, 345, 300, 345]);
  expect(shares(claims([10, 900, 300, 2_000], { isList: true }), 1_000)).toEqual([10, 345, 300, 345]);
});

test('of many items the first stay, whole, and one that fits in part is the last', () => {
  const sizes = Array.from({ length: 1_000 }, () => 100);
  const granted = shares(claims(sizes, { isList: true, markBytes: 40 }), 2_000);
  expect(granted).toEqual([
    ...Array.from({ length: 19 }, () => 100),
    60,
    ...Array.from({ length: 980 }, () => 0),
  ]);
});

test('no item takes all the room from the next', () => {
  const sizes = Array.from({ length: 100 }, () => 1_000_000);
  const granted = shares(claims(sizes, { isList: true }), 16_000);
  expect(granted.slice(0, 17)).toEqual([...Array.from({ length: 16 }, () => 1_000), 0]);
});

test('a member whose name alone is too long leaves, and the others share its room', () => {
  const leastOf = (index: number): number => (index === 0 ? 3_000 : LEAST);
  expect(shares(claims([3_010, 2_000, 20], { leastOf, markBytes: 40 }), 1_000)).toEqual([0, 940, 20]);
});

test('small members behind large ones stay where members are many', () => {
  const sizes = [...Array.from({ length: 50 }, () => 500), 20];
  expect(shares(claims(sizes, { leastOf: () => 400 }), 1_000).at(-1)).toBe(20);
});
