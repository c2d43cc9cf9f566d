import * as fc from 'fast-check';
import { SENSITIVE_KEYS } from '../../../../contract/settings/redaction.js';
import { nameMatcher } from '../../../../runtime/serialize/key-names.js';
import { maskNamed } from '../../../../runtime/redact/named/mask-named.js';
import { within } from '../../../support/within.js';

const isSensitive = nameMatcher(SENSITIVE_KEYS);
const masked = (text: string): string => maskNamed(text, isSensitive);

const name = fc.constantFrom('password', 'X-Api-Key', 'apiKey', 'set_cookie', 'user.token', ' secret');

const anyJson = fc.jsonValue().filter((value) => masked(JSON.stringify(value)) === JSON.stringify(value));

test('JSON stays JSON, and nothing but the value is lost, however often it is in JSON', () => {
  fc.assert(
    fc.property(name, fc.jsonValue(), anyJson, fc.nat(4), (secretName, value, other, levels) => {
      const wrapped = (inner: unknown): unknown =>
        Array.from({ length: levels }).reduce<unknown>((text) => ({ text: JSON.stringify(text) }), inner);
      const make = (secret: unknown): string =>
        JSON.stringify(wrapped({ before: other, [secretName]: secret, behind: other }));

      expect(masked(make(value))).toBe(make('[redacted]'));
    }),
  );
});

test('a form is hidden pair by pair', () => {
  const pair = fc.tuple(fc.oneof(name, fc.constantFrom('a', 'tokens', 'b.c')), fc.string({ minLength: 1 }));

  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      const form = (values: readonly (readonly [string, string])[]): string =>
        values.map(([key, value]) => `${encodeURIComponent(key)}=${value}`).join('&');
      const encoded = pairs.map(([key, value]): [string, string] => [
        key,
        encodeURIComponent(value.toWellFormed()).replaceAll("'", '%27'),
      ]);

      expect(masked(form(encoded))).toBe(
        form(encoded.map(([key, value]) => [key, isSensitive(key) ? '[redacted]' : value])),
      );
    }),
  );
});

/** Texts in which something is hidden, each whole. */
const samples = [
  'a=1&password=x,&b=2',
  '{"password":"x","token":[1,{"a":"]"}],"b":null}',
  '"{\\"apiKey\\":12,\\"b\\":\\"cookie=x\\"}"',
  'Cookie: a="b"; c=d',
  "{ user: 'a', cookie: 'b=c', token: { a: 1 } }",
  'https://h/p?token=abc#access_token=def',
  'to=https%3A%2F%2Fh%2F%3Ftoken%3Dabc%26x%3D1',
  'password="x y" secret=\'z\'',
  'nothing',
];

test('to hide once is enough', () => {
  const piece = fc.tuple(fc.constantFrom(...samples), fc.constantFrom('\n', ' ', ', ', ' and\t'));

  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const once = masked(pieces.flat().join(''));

      expect(masked(once)).toBe(once);
    }),
    { numRuns: 500 },
  );
});

test('no text is slow: 1 MiB of anything', () => {
  const pieces = [
    ['a=', '=', '&', '&&=', '{"', '":', '":"', '\\', '\\"', '\\":', ':', ' :', '" :', "'", '%3D', '%3'],
    ['password', 'password=', 'password="', 'password= ', 'password=\\', '"password":', '"password":"\\"'],
    ['"password":[', '"password":{"', '\\"password\\":', 'password: ', '\npassword: ', '\\npassword: '],
    [
      '\\npassword:"',
      '"password: ',
      '"password: \\"',
      "'cookie: \n",
      '\\\\npassword:',
      'token:[',
      "token: '",
    ],
    [' ', '\t', 'x', 'x.', '[', '"a":1,', 'password%3D', '"password":\\', '\u00A0', '\u200B', "token='x"],
  ].flat();
  const starts = ['"password":', 'password="', '"password":[', 'Cookie: ', '"Cookie: ', '\\ncookie: '];
  const fills = ['":', '\\"', '{"', 'password=', '\\npassword: ', '"password: '];
  const texts = [
    ...pieces.map((piece) => piece.repeat(2 ** 20 / piece.length)),
    ...starts.flatMap((start) => fills.map((fill) => start + fill.repeat(2 ** 20 / fill.length))),
  ];

  for (const text of texts) expect(within(() => masked(text)).length).toBeGreaterThan(0);
}, 120_000);
