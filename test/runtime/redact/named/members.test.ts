import { SENSITIVE_KEYS } from '../../../../contract/settings/redaction.js';
import { nameMatcher } from '../../../../runtime/serialize/key-names.js';
import { maskNamed } from '../../../../runtime/redact/named/mask-named.js';

const isSensitive = nameMatcher(SENSITIVE_KEYS);

const inJson = (value: string): string => JSON.stringify({ body: value, n: 1 });

const hidden = '{"user":"a","password":"[redacted]","b":[1]}';

test.each([
  ['a string', '{"user":"a","password":"x","b":[1]}', hidden],
  ['an empty string', '{"user":"a","password":"","b":[1]}', hidden],
  ['a number', '{"user":"a","password":12.5e3,"b":[1]}', hidden],
  ['null', '{"user":"a","password":null,"b":[1]}', hidden],
  ['an object', '{"user":"a","password":{"x":{"y":["}"]}},"b":[1]}', hidden],
  ['a list', '{"user":"a","password":["a]",{"b":1}],"b":[1]}', hidden],
  ['a string with quotes', '{"user":"a","password":"x\\"y","b":[1]}', hidden],
  ['a string that ends in a backslash', '{"user":"a","password":"x\\\\","b":[1]}', hidden],
  ['white space', '{"password" : \n "x" }', '{"password" : \n "[redacted]" }'],
  ['a literal at the end', '{ "token": 12 }', '{ "token": "[redacted]" }'],
  ['JSON in prose', 'body: {"password":"x"} (200)', 'body: {"password":"[redacted]"} (200)'],
  ['other letters', '{"X-Api-Key":"x","apiKey":"y"}', '{"X-Api-Key":"[redacted]","apiKey":"[redacted]"}'],
  ['a flattened name', '{"req.headers.cookie":"a=b"}', '{"req.headers.cookie":"[redacted]"}'],
  ['a name with a colon', '{"user:password":"x"}', '{"user:password":"[redacted]"}'],
  ['an encoded name', '{"pass\\u0077ord":"x"}', '{"pass\\u0077ord":"[redacted]"}'],
  ['a padded name', '{" password":"x"}', '{" password":"[redacted]"}'],
  ['JSON that was cut in a string', '{"a":1,"password":"x', '{"a":1,"password":"[redacted]'],
  ['JSON that was cut in a list', '{"password":["a",{"b', '{"password":"[redacted]"'],
  ['single quotes', "{'password': 'it\\'s', 'a': None}", "{'password': '[redacted]', 'a': None}"],
  [
    'a printed object',
    `{ user: 'a', password: "it's", headers: { cookie: 'a=b' } }`,
    `{ user: 'a', password: "[redacted]", headers: { cookie: '[redacted]' } }`,
  ],
  [
    'a printed list',
    `{ 'set-cookie': [ 'a=b' ], cookie: [ 'c' ], token: { a: 1 } }`,
    `{ 'set-cookie': '[redacted]', cookie: '[redacted]', token: '[redacted]' }`,
  ],
])('%s', (_, text, expected) => {
  expect(maskNamed(text, isSensitive)).toBe(expected);
});

test.each([1, 2, 3, 4])('JSON in JSON, %i levels deep', (levels) => {
  const values = ['"x"', '"x\\"y\\\\"', '12', '{"a":["}"]}', '[]'];
  const wrapped = (text: string): string => Array.from({ length: levels }).reduce<string>(inJson, text);

  for (const value of values) {
    const text = wrapped(`{"user":"a","password":${value},"b":[1]}`);

    expect(maskNamed(text, isSensitive)).toBe(wrapped(hidden));
  }
});

test('JSON in JSON that was cut ends where the text around it goes on', () => {
  const text = JSON.stringify({ body: '{"token":["a",{"b', password: 'x', n: 1 });

  expect(JSON.parse(maskNamed(text, isSensitive))).toEqual({
    body: '{"token":"[redacted]"',
    password: '[redacted]',
    n: 1,
  });
});

test.each([
  '{"passwords":"x","tokenCount":3}',
  '{"a":"password","b":"token"}',
  '["password",":"]',
  'at f (file:///a/token.js:10:5)',
  'the token: it is missing',
  'https://h:8080/x 10:00:00',
  'a: "b"',
  '"password"',
  '"password":',
  'secret": 1',
  '{"password":}',
  ':',
  '":',
  '::"":',
])('%j stays', (text) => {
  expect(maskNamed(text, isSensitive)).toBe(text);
});
