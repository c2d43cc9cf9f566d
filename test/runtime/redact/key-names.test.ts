import { SENSITIVE_KEYS } from '../../../contract/settings/redaction.js';
import { nameMatcher, remembering } from '../../../runtime/redact/key-names.js';

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
