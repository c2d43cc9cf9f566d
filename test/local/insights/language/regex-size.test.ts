import { RE2JS } from 're2js';
import { regexSize } from '../../../../local/insights/language/regex-size.js';

test.each([
  ['abc', 3],
  ['a{3}', 3],
  ['a{2,5}b', 6],
  ['a{3,}', 3],
  ['a{0}', 1],
  ['(ab){3}', 9],
  ['((a{2}){3}){4}', 40],
  ['[a{9}]{2}', 2],
  ['[]a]{2}', 2],
  [String.raw`\p{Greek}{3}\x{1F600}`, 4],
  [String.raw`\({3}`, 3],
  [String.raw`[\]]{3}`, 3],
  ['(a', 2],
  ['a)', 2],
  ['', 0],
])('%s has %i steps', (source, expected) => {
  expect(regexSize(source)).toBe(expected);
});

it.each(['(a|b){9}', '(?:a{9}){99}', String.raw`\d{1,3}(?:\.\d{1,3}){3}`, '(x(y(z{5}){5}){5}){5}', 'a*b+c?'])(
  'is about what RE2 makes of %s',
  (source) => {
    const compiled = RE2JS.compile(source).programSize();
    expect(regexSize(source)).toBeGreaterThan(compiled / 4);
    expect(regexSize(source)).toBeLessThan(compiled * 2);
  },
);
