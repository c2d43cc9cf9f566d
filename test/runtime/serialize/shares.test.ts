import * as fc from 'fast-check';
import { sum } from '../../../runtime/serialize/json-sizes.js';
import { type Part, partOf } from '../../../runtime/serialize/part.js';
import { MARK_BYTES, shares } from '../../../runtime/serialize/shares.js';

const LEAST = MARK_BYTES + 1;

/** Items of these sizes, a comma included. */
const parts = (sizes: readonly number[]): Part[] =>
  sizes.map((size) => partOf(size < 3 ? 1 : 'x'.repeat(size - 3)));

const allSizes = fc.array(fc.oneof(fc.integer({ min: 2, max: 50 }), fc.integer({ min: 2, max: 5_000 })), {
  maxLength: 200,
});

test('together the shares fit, and each is whole, nothing, or enough for a mark', () => {
  fc.assert(
    fc.property(allSizes, fc.nat(10_000), fc.boolean(), (sizes, room, isList) => {
      const granted = shares(parts(sizes), room, 40, isList);
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
      expect(shares(parts(sizes), sum(sizes), 40, isList)).toEqual(sizes);
    }),
  );
});

test('the largest shrink to one size, and smaller ones are whole', () => {
  expect(shares(parts([10, 900, 300, 2_000]), 1_000)).toEqual([10, 345, 300, 345]);
  expect(shares(parts([10, 900, 300, 2_000]), 1_000, 0, true)).toEqual([10, 345, 300, 345]);
});

test('of many items the first stay, whole, and one that fits in part is the last', () => {
  const sizes = Array.from({ length: 1_000 }, () => 100);
  const granted = shares(parts(sizes), 2_000, 40, true);
  expect(granted).toEqual([
    ...Array.from({ length: 19 }, () => 100),
    60,
    ...Array.from({ length: 980 }, () => 0),
  ]);
});

test('no item takes all the room from the next', () => {
  const sizes = Array.from({ length: 100 }, () => 1_000_000);
  const granted = shares(parts(sizes), 16_000, 0, true);
  expect(granted.slice(0, 17)).toEqual([...Array.from({ length: 16 }, () => 1_000), 0]);
});

test('a member whose name alone is too long leaves, and the others share its room', () => {
  const longName = partOf(1, ['n'.repeat(3_000)]);
  expect(shares([longName, ...parts([2_000, 20])], 1_000, 40)).toEqual([0, 940, 20]);
});

test('small members behind large ones stay where members are many', () => {
  const named = Array.from({ length: 50 }, () => partOf(1, ['n'.repeat(400)]));
  expect(shares([...named, ...parts([20])], 1_000).at(-1)).toBe(20);
});
