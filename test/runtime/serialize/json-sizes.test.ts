import * as fc from 'fast-check';
import { bytesOf as sizeOf, pathBytes } from '../../../runtime/serialize/json-sizes.js';
import { texts } from '../../support/events.js';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

test('a value takes the bytes that JSON.stringify makes', () => {
  const plain = fc.oneof(
    texts,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
  );
  fc.assert(fc.property(plain, (value) => expect(sizeOf(value)).toBe(bytesOf(value))));
});

test.each([
  0, -0, 9, 10, 99, 100, 999_999_999, 1_000_000_000, 2_147_483_647, 2_147_483_648, -1, -10, 0.1, 1e21, 5e-324,
])('so does %d', (number) => {
  expect(sizeOf(number)).toBe(bytesOf(number));
});

test('names count with quotes and colon, and a path with its braces and a comma', () => {
  fc.assert(
    fc.property(texts, texts, texts, (a, b, c) => {
      expect(pathBytes([a])).toBe(bytesOf({ [a]: 1 }) - '{1}'.length + ','.length);
      expect(pathBytes([a, b, c])).toBe(bytesOf({ [a]: { [b]: { [c]: 1 } } }) - '{1}'.length + ','.length);
    }),
  );
});
