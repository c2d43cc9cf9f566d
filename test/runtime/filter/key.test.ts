import { keyOf, shortKey } from '../../../runtime/filter/key.js';
import { refusing, revoked } from '../../support/hostile.js';
import { FilterFixture } from './fixture.js';

const key = (value: unknown): string | undefined =>
  keyOf(new FilterFixture().record({ a: { b: value } }), 'a.b');

test('text, numbers and booleans are keys', () => {
  expect([key('x'), key(7), key('7'), key(0), key(7n), key(false), key(' x ')]).toEqual([
    'x',
    '7',
    '7',
    '0',
    '7',
    'false',
    ' x ',
  ]);
});

test('what is absent, blank, an object or hostile is none', () => {
  const values = [undefined, null, '', ' ', {}, ['x'], () => 'x', Symbol('x'), refusing(), revoked()];

  expect(values.map(key)).toEqual(values.map(() => undefined));
});

test.each([
  [255, 255],
  [256, 256],
  [257, 44],
  [2_000_000, 44],
])('of a text of %d characters, %d are remembered', (length, remembered) => {
  expect(shortKey('x'.repeat(length))).toHaveLength(remembered);
});

test('long texts that differ at their end stay different', () => {
  expect(shortKey(`${'x'.repeat(300)}1`)).not.toBe(shortKey(`${'x'.repeat(300)}2`));
});
