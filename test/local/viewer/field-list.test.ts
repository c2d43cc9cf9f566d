import { fieldList, isComparable, pathText } from '../../../local/viewer/client/logs/field-list.js';

test('members of objects and short arrays stand for themselves', () => {
  const fields = { a: 1, b: { c: 'x', d: {} }, e: [{ f: null }, 2], g: [], h: Array(21).fill(0) };

  expect(fieldList(fields).map(({ path, value }) => [pathText(path), value])).toEqual([
    ['a', 1],
    ['b.c', 'x'],
    ['b.d', {}],
    ['e[0].f', null],
    ['e[1]', 2],
    ['g', []],
    ['h', Array(21).fill(0)],
  ]);
});

test('there are not more members, nor deeper ones, than one can read', () => {
  const wide = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`m${index}`, index]));
  let deep: unknown = 1;
  for (let depth = 0; depth < 50; depth++) deep = { deep };

  expect(fieldList(wide)).toHaveLength(300);
  expect(fieldList({ deep })[0]?.path).toHaveLength(8);
});

test.each<[unknown, boolean]>([
  ['x', true],
  [0, true],
  [false, true],
  [null, true],
  ['', false],
  ['two\nlines', false],
  ['x'.repeat(1_023), true],
  ['x'.repeat(1_024), false],
  [{}, false],
  [[], false],
])('a pattern can compare with %j: %s', (value, expected) => {
  expect(isComparable(value)).toBe(expected);
});
