import * as fc from 'fast-check';
import { fittingLength } from '../../../runtime/serialize/utf8.js';
import { texts } from '../../support/events.js';

/** Bytes of the text inside a JSON string, by the definition. */
const bytesOf = (text: string): number => new TextEncoder().encode(JSON.stringify(text)).length - 2;

test('what fits is the longest beginning that fits, and never half a character', () => {
  fc.assert(
    fc.property(texts, fc.nat(60), fc.nat(5), (text, maxBytes, from) => {
      const start = Math.min(from, text.length);
      const rest = text.slice(start);
      const fitting = rest.slice(0, fittingLength(text, maxBytes, start));
      expect(bytesOf(fitting)).toBeLessThanOrEqual(maxBytes);
      // A whole character, of one UTF-16 unit or of two.
      const [next] = rest.slice(fitting.length);
      if (next !== undefined) expect(bytesOf(fitting + next)).toBeGreaterThan(maxBytes);
    }),
  );
});

test('of a long text, too', () => {
  const pieces = fc.constantFrom('a', '"', 'é', '🚀', '\ud83d', '\u0001');
  const long = fc.tuple(
    fc.array(pieces, { minLength: 1, maxLength: 7 }),
    fc.integer({ min: 700, max: 2_000 }),
  );

  fc.assert(
    fc.property(long, fc.nat(20_000), (repeated, maxBytes) => {
      const text = repeated[0].join('').repeat(repeated[1]);
      const fitting = text.slice(0, fittingLength(text, maxBytes));
      expect(bytesOf(fitting)).toBeLessThanOrEqual(maxBytes);
      const [next] = text.slice(fitting.length);
      if (next !== undefined) expect(bytesOf(fitting + next)).toBeGreaterThan(maxBytes);
    }),
  );
});

test.each([
  ['a', 1],
  ['\u007f', 1],
  ['"', 2],
  ['\\', 2],
  ['\n', 2],
  ['\t', 2],
  ['\b', 2],
  ['\f', 2],
  ['\r', 2],
  ['\u000b', 6],
  ['\u0000', 6],
  ['\u001f', 6],
  ['\u0080', 2],
  ['\u07ff', 2],
  ['\u0800', 3],
  ['\u2028', 3],
  ['\uffff', 3],
  ['\ud83d', 6],
  ['\ude00', 6],
  ['😀', 4],
])('%j takes %d: one under, at, one over', (character, bytes) => {
  const { length } = character;
  expect([bytes - 1, bytes, bytes + 1].map((max) => fittingLength(character, max))).toEqual([
    0,
    length,
    length,
  ]);
  expect([bytes + 1, bytes + 2].map((max) => fittingLength(`aa${character}`, max, 1))).toEqual([
    1 + length,
    1 + length,
  ]);
});
