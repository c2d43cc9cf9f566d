import { SENSITIVE_KEYS } from '../../../../contract/settings/redaction.js';
import { nameMatcher } from '../../../../runtime/serialize/key-names.js';
import { maskNamed } from '../../../../runtime/redact/named/mask-named.js';

const isSensitive = nameMatcher(SENSITIVE_KEYS);

test.each([
  ['a text', 'Cookie: a=b; c=d', 'Cookie: [redacted]'],
  ['a scheme', 'Authorization: Digest username="a", response="b"', 'Authorization: [redacted]'],
  ['no space', 'x-api-key:abc', 'x-api-key:[redacted]'],
  [
    'a message of HTTP',
    'GET / HTTP/1.1\r\nHost: h\r\nCookie: a=b\r\nX-Api-Key: c d\r\n\r\nbody',
    'GET / HTTP/1.1\r\nHost: h\r\nCookie: [redacted]\r\nX-Api-Key: [redacted]\r\n\r\nbody',
  ],
  ['curl', '> Cookie: a=b\n< Set-Cookie: c=d\n', '> Cookie: [redacted]\n< Set-Cookie: [redacted]\n'],
  ['an indented line', 'headers:\n  cookie: a\n  b: c', 'headers:\n  cookie: [redacted]\n  b: c'],
  ['a string', 'curl -H "X-Api-Key: abc" -d 1', 'curl -H "X-Api-Key: [redacted]" -d 1'],
  ['another string', 'curl -H \'Cookie: a="b"\' h', "curl -H 'Cookie: [redacted]' h"],
  ['strings in a list', '["Cookie: a","Host: h"]', '["Cookie: [redacted]","Host: h"]'],
  ['a backslash in a string', '["Cookie: C:\\\\new; d",1]', '["Cookie: [redacted]",1]'],
  ['a string with a line break', '"Cookie: a\nHost: h"', '"Cookie: [redacted]\nHost: h"'],
])('%s', (_, text, expected) => {
  expect(maskNamed(text, isSensitive)).toBe(expected);
});

test.each([0, 1, 2, 3])('a message of HTTP, escaped %i times', (times) => {
  const wrapped = (text: string): string =>
    Array.from({ length: times }).reduce<string>((inner) => JSON.stringify([inner, 'b']), text);
  const message = (value: string, last: string): string =>
    `Cookie: ${value}\r\nHost: h\r\n Set-Cookie: ${value}\nToken: ${last}`;

  expect(maskNamed(wrapped(message('a="b"; c', 'd "e')), isSensitive)).toBe(
    wrapped(message('[redacted]', '[redacted]')),
  );
});

test.each([
  'the cookie: it is missing',
  'Host: h\nCookies: 3',
  'Cookie:',
  'Cookie: \nHost: h',
  'Token-Count: 3',
  'C:\\next\\token',
])('%j stays', (text) => {
  expect(maskNamed(text, isSensitive)).toBe(text);
});
