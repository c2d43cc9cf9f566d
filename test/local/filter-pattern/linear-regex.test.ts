import { LinearRegex } from '../../../local/filter-pattern/linear-regex.js';
import { setOf } from '../../../local/filter-pattern/character-set.js';
import { parseFilterPattern } from '../../../local/filter-pattern/filter-pattern.js';

const MEBIBYTE = 1_048_576;

/** What `RegExp` would look at again and again: each of these would take it from minutes to longer than the sun has. */
it.each([
  ['a*b', '%a*b%', 'a'],
  ['.* 400 times, then b', `%${'.*'.repeat(400)}b%`, 'a'],
  ['a? 300 times, then a 300 times', `%${'a?'.repeat(300)}${'a'.repeat(300)}b%`, 'a'],
  ['[ab]*a[ab]{500}c', '%[ab]*a[ab]{500}c%', 'ab'],
  ['a.{0,900}b$', '%a.{0,900}b$%', 'aab'],
])('%s is looked for once through a mebibyte', (_, pattern, unit) => {
  const message = unit.repeat(MEBIBYTE / unit.length).slice(0, MEBIBYTE - 1);
  const { matches } = parseFilterPattern(pattern);

  expect(matches(`${message}-`)).toBe(false);
});

it.each(['[ ', '" x', '[x '])('fields of a mebibyte of %s are read once', (unit) => {
  const message = `${unit.repeat(MEBIBYTE / unit.length)}]x`;

  expect(parseFilterPattern('[..., last = nothing]').matches(message)).toBe(false);
});

it('answers alike whether states are kept or, beyond the most, computed', () => {
  const either = setOf('ab');
  const once = { least: 1, most: 1 };
  const regex = new LinearRegex([
    {
      isAtStart: false,
      isAtEnd: true,
      atoms: [
        { set: setOf('a'), ...once },
        { set: either, least: 14, most: 14 },
      ],
    },
  ]);
  const expected = /a[ab]{14}$/;
  // Some 20,000 texts lead to more states than are kept.
  for (let number = 0; number < 20_000; number += 1) {
    const text = number.toString(2).padStart(17, '0').replaceAll('0', 'b').replaceAll('1', 'a');
    if (regex.matches(text) !== expected.test(text)) throw new Error(`other than RegExp on ${text}`);
  }
  expect(regex.matches('a'.repeat(15))).toBe(true);
});
