import * as fc from 'fast-check';
import { paragraph } from '../../../cli/plan/paragraph.js';

test('a line of 80 characters is one, and of 81 two', () => {
  const word = 'x'.repeat(39);

  expect(paragraph('- ', `${word} ${word}`.slice(0, -1))).toEqual([`- ${word} ${word.slice(1)}`]);
  expect(paragraph('- ', `${word} ${word}`)).toEqual([`- ${word}`, `  ${word}`]);
});

test('a word that is longer has a line of its own', () => {
  const word = 'x'.repeat(90);

  expect(paragraph('- ', `a ${word} b`)).toEqual(['- a', `  ${word}`, '  b']);
});

test('the words are those of the text, and no line is longer', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(words, fc.nat(20), (given, indent) => {
      const lines = paragraph('-'.repeat(indent), given.join(' '));
      expect(lines.map((line) => line.slice(indent)).join(' ')).toBe(given.join(' '));
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
    }),
  );
});
