import { SENSITIVE_KEYS } from '../../../../contract/settings/redaction.js';
import { nameMatcher } from '../../../../runtime/serialize/key-names.js';
import { maskPairs } from '../../../../runtime/redact/named/pairs.js';

const isSensitive = nameMatcher(SENSITIVE_KEYS);

test.each([
  ['a form', 'a=1&password=hunter2&x=%20', 'a=1&password=[redacted]&x=%20'],
  ['a form that begins with it', 'password=hunter2', 'password=[redacted]'],
  [
    'query and fragment',
    'https://h/p?token=abc&x=1#access_token=def',
    'https://h/p?token=[redacted]&x=1#access_token=[redacted]',
  ],
  ['a query in prose', 'GET /p?api_key=abc failed', 'GET /p?api_key=[redacted] failed'],
  ['cookies', 'session=1; token=abc; Path=/', 'session=1; token=[redacted]; Path=/'],
  ['a connection string', 'Server=h;User Id=a;Password=x y;', 'Server=h;User Id=a;Password=[redacted] y;'],
  ['an encoded name', 'user%5Bpassword%5D=x&a=1', 'user%5Bpassword%5D=[redacted]&a=1'],
  [
    'a nested name',
    'user[password]=x&headers.cookie=y',
    'user[password]=[redacted]&headers.cookie=[redacted]',
  ],
  [
    'a query in a query',
    'to=https%3A%2F%2Fh%2F%3Ftoken%3Dabc%26x%3D1&y=2',
    'to=https%3A%2F%2Fh%2F%3Ftoken%3D[redacted]%26x%3D1&y=2',
  ],
  ['one in lower case', 'to=%3ftoken%3dabc%26x', 'to=%3ftoken%3d[redacted]%26x'],
  ['an option', 'run --password=hunter2 --user=a', 'run --password=[redacted] --user=a'],
  ['a list', 'login(user=a, password=x, b=1)', 'login(user=a, password=[redacted], b=1)'],
  ['a value with signs', 'token=YWJj==&a=b=c', 'token=[redacted]&a=b=c'],
  ['a value with an apostrophe', "password=o'neil's&a=1", 'password=[redacted]&a=1'],
  ['quotes', 'user="a" password="hunter 2" b="c"', 'user="a" password="[redacted]" b="c"'],
  ['quotes in quotes', 'password="a\\"b c" d', 'password="[redacted]" d'],
  ['other quotes', '\'password="x y"\'', '\'password="[redacted]"\''],
  ['a string that was cut', 'password="hunter 2', 'password="[redacted]'],
  ['a value in a string', '{"body":"a=1&password=x","b":1}', '{"body":"a=1&password=[redacted]","b":1}'],
  ['a string in a string', '"{\\"q\\":\\"token=abc\\"}"', '"{\\"q\\":\\"token=[redacted]\\"}"'],
  ['an escaped ampersand', 'a=1\\u0026password=x', 'a=1\\u0026password=[redacted]'],
  ['an escaped line break', 'A=1\\npassword=x', 'A=1\\npassword=[redacted]'],
  ['an HTML ampersand', 'a=1&amp;password=x&amp;b', 'a=1&amp;password=[redacted]&amp;b'],
  ['what is hidden', 'token=[redacted]&a=1', 'token=[redacted]&a=1'],
])('%s: %j', (_, text, expected) => {
  expect(maskPairs(text, isSensitive)).toBe(expected);
});

test.each([
  'password = hunter2',
  'say "token=" without a value',
  'token=',
  'token=&a=1',
  '{"q":"a=1&token="}',
  '{"q":"?token=","b":1}',
  'tokens=3&count=4',
  'a=b',
  '==',
  '=x',
  'dG9rZW4=',
])('%j stays', (text) => {
  expect(maskPairs(text, isSensitive)).toBe(text);
});

/** Under, at and over the part of a name that is looked at. */
test.each([127, 128, 129, 1_000])('of a name of %i characters, the end counts', (length) => {
  const name = `${'x.'.repeat(length).slice(0, length - '.token'.length)}.token`;

  expect(maskPairs(`${name}=abc`, isSensitive)).toBe(`${name}=[redacted]`);
});
