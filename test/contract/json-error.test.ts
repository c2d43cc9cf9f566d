import * as fc from 'fast-check';
import { within } from '../support/within.js';
import { jsonErrorHint, jsonErrorPlace } from '../../contract/json-error.js';

test.each([
  ['', 'line 1, column 1'],
  ['x', 'line 1, column 1'],
  ['{"a":1', 'line 1, column 7'],
  ['{"a":1,}', 'line 1, column 8'],
  ['{"a":s3cr3t}', 'line 1, column 6'],
  ['{"a":"s3cr3t', 'line 1, column 6'],
  ["{'a':1}", 'line 1, column 2'],
  ['{"a" 1}', 'line 1, column 6'],
  ['{"a":01}', 'line 1, column 7'],
  ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3'],
  ['[1,]', 'line 1, column 4'],
  ['[1}', 'line 1, column 3'],
  ['{"a":1]', 'line 1, column 7'],
  ['1 2', 'line 1, column 3'],
  ['TRUE', 'line 1, column 1'],
  ['"a\tb"', 'line 1, column 1'],
  ['"\\x"', 'line 1, column 1'],
])('%j stops being JSON at %s', (text, place) => {
  expect(jsonErrorPlace(text)).toBe(place);
  expect(jsonErrorHint(text)).toBe(`; it stops being JSON at ${place}`);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('JSON has no such place, and everything else has', () => {
  const edit = fc.record({
    from: fc.nat(60),
    length: fc.nat(3),
    put: fc.constantFrom('', ...'{}[],:"\\0-.e \n'.split('')),
  });

  fc.assert(
    fc.property(fc.json(), edit, fc.nat(2), (json, { from, length, put }, space) => {
      const text = JSON.stringify(JSON.parse(json), undefined, space);
      const edited = text.slice(0, from) + put + text.slice(from + length);

      expect(jsonErrorPlace(text)).toBeUndefined();
      expect(jsonErrorHint(text)).toBe('');
      expect(jsonErrorPlace(edited) === undefined).toBe(isJson(edited));
    }),
    { numRuns: 1_000 },
  );
});

test('no text is slow: 1 MiB of anything', () => {
  for (const piece of ['a', '"', '"a', '\\', '{"a":', '[', ' ', '1', '"",', '\\u0000']) {
    for (const start of ['', '"', '[']) {
      const text = `${start}${piece.repeat(2 ** 20 / piece.length)}!`;

      expect(within(() => jsonErrorPlace(text))).toMatch(/^line 1, column \d+$/);
    }
  }
}, 60_000);
