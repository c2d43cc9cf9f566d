import * as fc from 'fast-check';
import { naturalOrder } from '../../../../../local/insights/evaluation/values/natural-order.js';
import { Instant, type Value } from '../../../../../local/insights/evaluation/values/value.js';

/** The example of the service's guide. */
const documented = [
  '!:',
  '#',
  '*%04',
  '0#',
  '5A',
  '111A',
  '2345_',
  '@',
  '@_',
  'A',
  'A9876fghj',
  'a12345hfh',
  '0',
  '01',
  '1',
  '2',
  '3',
];

const values = fc.oneof(
  fc.constantFrom<Value>(...documented, undefined, true, '', 'a01', 'a1', 'a10', new Instant(7)),
  fc.integer(),
  fc.string(),
);

describe('the order of sort', () => {
  test('is that of the documented example', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(documented, { minLength: documented.length }), (shuffled) => {
        expect(shuffled.toSorted(naturalOrder)).toEqual(documented);
      }),
      { numRuns: 50 },
    );
  });

  test('is one order: both ways, and from one to the third', () => {
    fc.assert(
      fc.property(values, values, values, (one, other, third) => {
        expect(Math.sign(naturalOrder(one, other))).toBe(-Math.sign(naturalOrder(other, one)) || 0);
        const [low, middle, high] = [one, other, third].toSorted(naturalOrder);
        // `undefined` is always last to `toSorted`, and the first in our order.
        if ([one, other, third].includes(undefined)) return;
        expect(naturalOrder(low, middle)).toBeLessThanOrEqual(0);
        expect(naturalOrder(middle, high)).toBeLessThanOrEqual(0);
        expect(naturalOrder(low, high)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test.each<[string, Value, Value]>([
    ['an absent value before an empty text', undefined, ''],
    ['a text before a number', 'zebra', -5],
    ['a number by its value, also if it is a text', '9', 10],
    ['digits in a text by their length', 'item9', 'item10'],
    ['a shorter text before what begins with it', 'item', 'item1'],
    ['a time among numbers', new Instant(5), 6],
    ['true as a text', true, 0],
  ])('puts %s', (_, first, second) => {
    expect(naturalOrder(first, second)).toBeLessThan(0);
    expect(naturalOrder(second, first)).toBeGreaterThan(0);
  });
});
