import { safeJson, safeLine, safeText } from '../../../cli/terminal/safe-text.js';

test.each([
  ['plain ü 漢 😀\ttab\nline', 'plain ü 漢 😀\ttab\nline'],
  ['\u001b[1;31mred\u001b[0m', 'red'],
  ['\u001b[2J', String.raw`\x1b[2J`],
  ['\u001b]0;title\u0007', String.raw`\x1b]0;title\x07`],
  ['a\r\nb\rc', 'a\nb\\rc'],
  ['\u009b2J', String.raw`\x9b2J`],
  ['\u202egnp', String.raw`\u202egnp`],
  ['\u007f\u0000', String.raw`\x7f\x00`],
])('%j', (text, expected) => {
  expect(safeText(text)).toBe(expected);
});

test('on one line', () => {
  expect(safeLine('a\r\nb')).toBe(String.raw`a\nb`);
});

test('JSON stays JSON', () => {
  const value = { 'a\u0085': 'b\u2028\u007f' };

  expect(safeJson(JSON.stringify(value))).toBe(String.raw`{"a\u0085":"b\u2028\u007f"}`);
  expect(JSON.parse(safeJson(JSON.stringify(value)))).toEqual(value);
});
