import { SENSITIVE_KEYS } from '../../../contract/settings/redaction.js';
import { nameMatcher, remembering } from '../../../runtime/serialize/key-names.js';
import { within } from '../../support/within.js';

const isSensitive = nameMatcher(SENSITIVE_KEYS);

test.each([
  'apiKey',
  'api_key',
  'API-KEY',
  'ApiKey',
  'apikey',
  '_api_key',
  'Set-Cookie',
  'AUTHORIZATION',
  'x-api-key',
])('%s is sensitive', (name) => {
  expect(isSensitive(name)).toBe(true);
});

test.each([
  'tokenCount',
  'passwordless',
  'secretary',
  'tokens',
  'api',
  'key',
  'cookies',
  'authorizationUrl',
  'pwdx',
  '',
])('%s is not', (name) => {
  expect(isSensitive(name)).toBe(false);
});

test.each([
  'user.password',
  'req.headers.cookie',
  'user/password',
  'user:password',
  'user->password',
  'headers[authorization]',
  'headers["x-api-key"]',
  "headers['Set-Cookie']",
  'PASSWORD[]',
  'password[0]',
  'headers.set-cookie.0',
  'user[password][value]',
  'user%5Bpassword%5D',
  'user%5bpassword%5d%5b0%5d',
  'user%255Bpassword%255D',
  'pass\\u0077ord',
  '--password',
  '$password',
  'password:',
  ' password',
  'password\t',
  '+password',
  '\u00A0password',
  'pass\u200Bword',
  '\uFEFFtoken',
  'user.\u2003token\u2060',
  'connect.sid',
])('%j is sensitive: flattened, padded or encoded', (name) => {
  expect(isSensitive(name)).toBe(true);
});

test.each([
  'password.length',
  'aws.secretsmanager.secret.arn',
  'token/count',
  'password.tokens',
  'user[passwords]',
  'user[password_hint]',
  'pass.word',
  '%',
  '%zz',
  '[]',
  '0',
  '...',
])('%j is not: another part of it counts', (name) => {
  expect(isSensitive(name)).toBe(false);
});

test('names that the application gave count as they are, dividers included', () => {
  expect(['a.b', 'A.B', 'x.a.b', 'b'].map(nameMatcher(['a.b']))).toEqual([true, true, false, false]);
});

test('err and error are one name, as in the line', () => {
  expect(['err', 'error'].map(nameMatcher(['error']))).toEqual([true, true]);
  expect(['err', 'error'].map(nameMatcher(['err']))).toEqual([true, true]);
});

test('names are remembered, and only so many', () => {
  // GIVEN
  const computed: string[] = [];
  const shout = remembering((name) => {
    computed.push(name);
    return name.toUpperCase();
  });

  // WHEN
  expect([shout('a'), shout('a')]).toEqual(['A', 'A']);
  for (let index = 0; index < 999; index++) shout(`name${index}`);

  // THEN a thousand are kept
  expect(shout('a')).toBe('A');
  expect(computed).toHaveLength(1_000);

  // AND one more makes room for all
  shout('one more');
  shout('a');
  expect(computed.slice(1_000)).toEqual(['one more', 'a']);
});

test('long names are computed each time', () => {
  // GIVEN
  const computed: number[] = [];
  const lengthOf = remembering((name) => computed.push(name.length));

  // WHEN
  for (const length of [256, 256, 257, 257]) lengthOf('x'.repeat(length));

  // THEN
  expect(computed).toEqual([256, 257, 257]);
});

test('no name is slow', () => {
  const pieces = ['a', '.', 'a.', '[', '[a', '[a]', '%', '%25', '\\', '\\u00', ' ', '\u200B', '0.', '"]'];

  for (const piece of pieces) {
    expect(within(() => isSensitive(piece.repeat(1_000_000 / piece.length)))).toBe(false);
  }
}, 60_000);
