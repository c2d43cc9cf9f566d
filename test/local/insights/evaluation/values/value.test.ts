import {
  areEqual,
  groupKey,
  Instant,
  instantOf,
  isTrue,
  numberOf,
  orderOf,
  textOf,
  type Value,
} from '../../../../../local/insights/evaluation/values/value.js';

const time = new Instant(Date.UTC(2026, 0, 31, 8));

describe('a value as a number', () => {
  test.each<[Value, number | undefined]>([
    ['12', 12],
    ['-1.5e3', -1500],
    ['.5', 0.5],
    ['5.', 5],
    ['007', 7],
    [true, 1],
    [time, time.ms],
    ['', undefined],
    [' 1', undefined],
    ['1 ms', undefined],
    ['0x10', undefined],
    ['Infinity', undefined],
    ['1e999', undefined],
    ['9'.repeat(61), undefined],
    [undefined, undefined],
  ])('%p is %p', (value, number) => {
    expect(numberOf(value)).toBe(number);
  });
});

describe('a value as text', () => {
  test.each<[Exclude<Value, undefined>, string]>([
    [12, '12'],
    [12.5, '12.5'],
    [-0, '0'],
    [true, 'true'],
    [time, '2026-01-31 08:00:00.000'],
    [new Instant(-1), '1969-12-31 23:59:59.999'],
  ])('%p is %p', (value, text) => {
    expect(textOf(value)).toBe(text);
  });

  test('is never that of a time that there is not', () => {
    expect(instantOf(8.64e15)).toEqual(new Instant(8.64e15));
    expect(instantOf(8.64e15 + 1)).toBeUndefined();
    expect(instantOf(Number.NaN)).toBeUndefined();
  });
});

describe('equality', () => {
  test.each<[Value, Value, boolean]>([
    [200, '200', true],
    ['200', 200, true],
    ['200.0', 200, true],
    // Two texts, such as ids, are no numbers.
    ['200.0', '200', false],
    ['1e2', '100', false],
    [true, 'true', true],
    [true, 1, true],
    ['ERROR', 'error', false],
    [time, time.ms, true],
    [time, '2026-01-31 08:00:00.000', true],
    [time, new Instant(time.ms), true],
    [undefined, '', false],
    [undefined, undefined, false],
  ])('of %p and %p is %p', (one, other, isEqual) => {
    expect(areEqual(one, other)).toBe(isEqual);
    expect(areEqual(other, one)).toBe(isEqual);
  });
});

test('texts that are written like numbers are in the order of numbers, others in that of characters', () => {
  expect(orderOf('9', '10')).toBeLessThan(0);
  expect(orderOf('9a', '10a')).toBeGreaterThan(0);
  expect(orderOf('a', 'a')).toBe(0);
  expect(orderOf(undefined, 1)).toBeNaN();
  expect(orderOf('9', 10)).toBeLessThan(0);
  expect([orderOf('n/a', 10), orderOf(10, 'n/a')]).toEqual([Number.NaN, Number.NaN]);
});

test.each<[Value, boolean]>([
  [true, true],
  [1, true],
  ['true', true],
  ['2', true],
  [0, false],
  ['0', false],
  ['yes', false],
  ['', false],
  [undefined, false],
])('%p is true as a condition: %p', (value, expected) => {
  expect(isTrue(value)).toBe(expected);
});

test('groups are told apart by their texts, also absent and empty ones, and where one text ends', () => {
  const keys = [[''], [undefined], ['a', 'b'], ['ab', ''], ['', 'ab'], ['1:a'], ['-']].map((values) =>
    groupKey(values),
  );

  expect(new Set(keys).size).toBe(keys.length);
  expect(groupKey([5])).toBe(groupKey(['5']));
});
