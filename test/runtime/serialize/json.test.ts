import * as fc from 'fast-check';
import { jsonOf } from '../../../runtime/serialize/json.js';
import { cycle, refuse } from '../../support/hostile.js';

test('what JSON.stringify can do is left to it', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => expect(jsonOf(value)).toBe(JSON.stringify(value))));
});

test('anything at all becomes JSON', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  });

  fc.assert(fc.property(anything, (value) => expect(() => JSON.parse(jsonOf(value))).not.toThrow()));
});

test.each([[undefined], [refuse], [Symbol('s')]])('what JSON has no word for is null: %p', (value) => {
  expect(jsonOf(value)).toBe('null');
});

test('a BigInt is an integer, a cycle a mark, and members keep their order', () => {
  expect(jsonOf({ z: 1n, a: [2n ** 64n] })).toBe('{"z":1,"a":[18446744073709551616]}');
  expect(jsonOf(cycle())).toBe('{"a":1,"self":"[circular]","list":["[circular]",{"object":"[circular]"}]}');
});

test('the same object twice is no cycle', () => {
  const twice = { a: 1 };

  expect(jsonOf({ one: twice, two: [twice], big: 1n })).toBe('{"one":{"a":1},"two":[{"a":1}],"big":1}');
});

test('a member that throws costs itself and not its neighbours, at any depth', () => {
  const bad = Object.defineProperty({ a: 1, z: 2 }, 'bad', { enumerable: true, get: refuse });

  expect(jsonOf({ top: 1, deep: { bad }, end: 2 })).toBe(
    '{"top":1,"deep":{"bad":{"a":1,"z":2,"bad":"[unreadable: no]"}},"end":2}',
  );
});

test('what is thrown may be anything', () => {
  const thrown = ['text', undefined, null, Object.create(null) as unknown].map((reason) =>
    jsonOf({
      get a() {
        throw reason;
      },
    }),
  );

  expect(thrown).toEqual([
    '{"a":"[unreadable: text]"}',
    '{"a":"[unreadable: undefined]"}',
    '{"a":"[unreadable: null]"}',
    '{"a":"[unreadable: no reason given]"}',
  ]);
});

// Members that JSON.stringify leaves out become null on the way that takes an object apart.
test('a member that throws does not change how others are left out', () => {
  const bad = Object.defineProperty({ f: refuse, u: undefined }, 'bad', { enumerable: true, get: refuse });

  expect(jsonOf(bad)).toBe('{"bad":"[unreadable: no]"}');
});

// An array with such a member becomes an object.
test('an array with a member that throws stays an array', () => {
  const bad = Object.defineProperty({}, 'bad', { enumerable: true, get: refuse });

  expect(jsonOf([1, bad])).toBe('[1,{"bad":"[unreadable: no]"}]');
});
