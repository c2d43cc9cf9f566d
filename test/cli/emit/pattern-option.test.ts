import { parsePattern } from '../../../cli/emit/pattern-option.js';

describe('a pattern', () => {
  test('is a regular expression of JavaScript', () => {
    const pattern = parsePattern('^\\d{4}-');
    expect(pattern.test('2026-01-15 start')).toBe(true);
    expect(pattern.test('  at 2026-')).toBe(false);
  });

  test('that is empty is refused', () => {
    expect(() => parsePattern('')).toThrow('It is empty, and would match every line. Leave it out.');
  });

  test('that is malformed is refused with the reason', () => {
    expect(() => parsePattern('(a')).toThrow(
      /^Unterminated group. Allowed: a regular expression of JavaScript/,
    );
  });
});
