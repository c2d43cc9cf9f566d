import * as fc from 'fast-check';
import { formatLine } from '../../../runtime/serialize/line.js';
import { maskUrlCredentials } from '../../../runtime/serialize/url-credentials.js';
import { within } from '../../support/within.js';

/** What a URL's credentials may be made of, with what people forget to encode. */
const secretText = fc.string({
  unit: fc.constantFrom(...String.raw`abcXYZ019-._~!$&'()*+,;=%\|^{}[]@:é€`.split('')),
  minLength: 1,
  maxLength: 20,
});

const scheme = fc.constantFrom('https', 'postgres', 'redis', 'mongodb+srv', 'amqp', 'jdbc:mysql');

describe('the laws', () => {
  test('a password in a URL is not in the line, whatever surrounds it; the host is', () => {
    fc.assert(
      fc.property(scheme, secretText, secretText, fc.string(), fc.string(), (name, user, password, a, b) => {
        // GIVEN
        const secret = `${user}:${password}`;
        const url = `${name}://${secret}@db.internal:5432/app`;
        const message = `${a} ${url} ${b}`;

        // WHEN
        const line = formatLine({
          timeMs: 0,
          level: 'info',
          message,
          fields: [{ list: [{ url }], [url]: 1 }],
        });

        // THEN
        const hidden = `${name}://***@db.internal:5432/app`;
        expect(JSON.parse(line)).toEqual({
          timestamp: expect.anything(),
          level: 'info',
          message: maskUrlCredentials(`${a} ${hidden} ${b}`),
          list: [{ url: hidden }],
          [hidden]: 1,
        });
      }),
    );
  });

  test('a text without an @ behind a scheme stays as it is', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const text = value.replaceAll('://', ':/');

        expect(maskUrlCredentials(text)).toBe(text);
      }),
    );
  });

  test('a second time changes nothing', () => {
    const text = fc.string({
      unit: fc.constantFrom('://', '@', ':', 'a', '\\', '"', '\n', '/', ' ', '\u0001', '😀', '\uD800'),
      maxLength: 30,
    });

    fc.assert(
      fc.property(text, (once) => {
        const clean = maskUrlCredentials(once);

        expect(maskUrlCredentials(clean)).toBe(clean);
      }),
    );
  });
});

const urls: readonly (readonly [string, string])[] = [
  ['https://user:password@host/path', 'https://***@host/path'],
  ['see https://u:p@host, it works', 'see https://***@host, it works'],
  ['redis://:password@cache:6379', 'redis://***@cache:6379'],
  ['postgres://user:@db', 'postgres://***@db'],
  ['postgres://user:p@ss@db/app', 'postgres://***@db/app'],
  [
    'mongodb://u:p@h1:27017,h2:27017/db?authSource=admin',
    'mongodb://***@h1:27017,h2:27017/db?authSource=admin',
  ],
  ['a://u:p@h b://u:p@h', 'a://***@h b://***@h'],
  ['http://h1:80,http://u:p@h2', 'http://h1:80,http://***@h2'],
  ['https://ghp_token@github.com/a/b', 'https://***@github.com/a/b'],
  ['git+https://token@github.com/a/b', 'git+https://***@github.com/a/b'],
  ['ftp://u:p\\w@h', 'ftp://***@h'],
];

const innocent: readonly string[] = [
  'https://host/path',
  'https://host:8443/path?mail=a@b.example',
  'https://host/@scope/package',
  'https://host#a:b@c',
  'https://host?a:b@c',
  'mail a@b.example or see https://host',
  'https://host:8443 a@b.example',
  'https://host:8443\na@b.example',
  '"https://host:8443" "a@b.example"',
  'ssh://git@github.com/a/b',
  'a://',
  '://@',
  'https://@host',
  'user:password@host',
];

test.each(urls)('%j becomes %j', (text, expected) => {
  expect(maskUrlCredentials(text)).toBe(expected);
});

test.each(innocent)('%j stays', (text) => {
  expect(maskUrlCredentials(text)).toBe(text);
});

test('neighbours of a URL in JSON are no part of it', () => {
  const json = (url: string): string => JSON.stringify({ url, mail: 'a@b.example' });

  expect(maskUrlCredentials(json('https://host:1'))).toBe(json('https://host:1'));
  expect(maskUrlCredentials(json('https://u:p@host:1'))).toBe(json('https://***@host:1'));
});

test.each([
  '://'.repeat(700_000) + '@',
  `://${'x'.repeat(2_000_000)}@`,
  '://@'.repeat(500_000),
  'a://u:p@'.repeat(250_000),
  `://${'\\'.repeat(2_000_000)}@`,
])('2 MB take no longer than their length asks for (%#)', (text) => {
  expect(within(() => maskUrlCredentials(text)).length).toBeGreaterThan(0);
});
