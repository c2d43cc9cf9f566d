import { inspect } from 'node:util';
import { sections, type Section } from '../../contract/sections.js';
import { isSecretName, presentable, withheld, Withheld } from '../../contract/withheld.js';

test.each([
  ['hunter2', '<text of 7 characters>'],
  [12345, '<number>'],
  [true, '<boolean>'],
  [{ a: 'hunter2' }, '<object>'],
  [['hunter2'], '<list of 1>'],
])('%j is withheld as %s, however it is shown', (value, expected) => {
  expect(String(withheld(value))).toBe(expected);
  expect(inspect({ value: withheld(value) })).toBe(`{ value: ${expected} }`);
  expect(JSON.stringify(withheld(value))).toBe(JSON.stringify(expected));
});

test.each([
  'password',
  'FAPILOG_SINK_CONFIG__KAFKA__SASL_PASSWORD',
  'sinkConfig.kafka.apiKey',
  'sinkConfig.kafka.tokens.0',
  'settings.yaml:3: sink_config.cloudwatch.external_id',
  'FAPILOG_CLOUDWATCH__EXTERNAL_ID',
  'Stack/Logging: props.settings.clientSecret',
  'sinkConfig.kafka.proxy-authorization',
])('the value at %s is withheld', (where) => {
  expect(presentable(where, 'hunter2')).toEqual(new Withheld('text of 7 characters'));
  expect(presentable(where, undefined)).toBeUndefined();
  expect(presentable(where, null)).toBeNull();
});

test.each([
  'core.logLevel',
  '/run/secrets/settings.yaml:3: core.log_level',
  'FAPILOG_CONFIG_SSM (/token/settings): core.log_level',
  'TokenService/Logging: props.logGroupName',
])('the value at %s is shown', (where) => {
  expect(presentable(where, 'loud')).toBe('loud');
});

test('of our own settings, only the external ID is withheld', () => {
  const all = Object.values(sections).flatMap(({ rows, path }: Section) =>
    Object.keys(rows).map((key) => [...path, key].join('.')),
  );

  expect(all.filter((where) => presentable(where, 1) !== 1)).toEqual(['sinkConfig.cloudwatch.externalId']);
  expect(isSecretName('keys')).toBe(false);
});

test.each([
  '{"password":"hunter2"}',
  ' {"password":"hunter2"',
  '\'{"password":"hunter2"}\'',
  '[{"levels":["hunter2"]',
  '[ {',
  '"password": "hunter2", }',
  '{',
])('the document %j is withheld wherever it stands', (text) => {
  expect(presentable('core.logLevel', text)).toEqual(new Withheld(`text of ${text.length} characters`));
});

test.each([
  ['["a","b"', '["a","b"'],
  ['/app/${STAGE}', '/app/${STAGE}'],
  ['arn:aws:iam::123456789012:role/x', 'arn:aws:iam::123456789012:role/x'],
  ['jane@example.com', 'jane@example.com'],
  ['ftp://user:hunter2@host/path', 'ftp://***@host/path'],
  ['ftp://user:hunt/er2@host', 'ftp://***@host'],
  ['ftp://hunter2@host', 'ftp://***@host'],
  ['user:hunter2@host:4566', '***@host:4566'],
  ['https://h/p?token=hunter2&a=1', 'https://h/p?…'],
  ['https://h/p#hunter2 and more', 'https://h/p?… and more'],
  ['https://h/p?', 'https://h/p?'],
  ['https://h/path@2', 'https://h/path@2'],
])('%j is shown as %j', (text, expected) => {
  expect(presentable('x', text)).toBe(expected);
});

test.each([
  'password=x',
  'x=y',
  'token: hunter2',
  'Authorization: Bearer hunter2',
  'Bearer hunter2',
  'basic aHVudGVyMg',
  'AKIAIOSFODNN7EXAMPLE',
  'ASIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'ghp_hunter2',
  'sk-hunter2',
  'xoxb-1-hunter2',
  'eyJhbGciOiJIUzI1NiJ9.e30.x',
  '-----BEGIN PRIVATE KEY-----',
  'Xk29sLq8PzR4tYw7',
])('%j, which may be a secret, is withheld wherever it stands', (text) => {
  expect(presentable('FAPILOG_CORE__LOG_LEVEL', text)).toEqual(
    new Withheld(`text of ${text.length} characters`),
  );
});

test.each([
  'loud',
  'bad group!',
  '1 MiB',
  '-1',
  '1e3',
  '2026-11-22T08:00',
  '/myapp/production-2026',
  '/My/App/Production2026',
  'arn:aws:iam::123456789012:role/log-writer',
  'fully-lower-case-words-2026',
  '/tmp/fapilog-settings-aB3xYz/Settings2',
  '/Users/Someone/projects/Application2/set',
])('%j, which looks like a mistake, is shown', (text) => {
  expect(presentable('FAPILOG_CORE__LOG_LEVEL', text)).toBe(text);
});

test('what is inside an object is looked at, so far', () => {
  const value = { a: { password: 'x', list: ['//u:p@h', { b: { c: 1 } }] }, credentials: { d: 1 } };

  expect(presentable('x', value)).toEqual({
    a: { password: withheld('x'), list: ['//***@h', withheld({})] },
    credentials: withheld({}),
  });
  expect(value.a.password).toBe('x');
});

test('a cycle ends', () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);

  expect(inspect(presentable('x', cycle), { depth: 9 })).toBe('[ [ [ <list of 1> ] ] ]');
});

test('of an object with a class, the class is shown', () => {
  class Login {
    readonly password = 'hunter2';
  }

  expect(inspect(presentable('x', { login: new Login(), at: new Date(0), f: () => 1 }))).toBe(
    '{ login: <Login>, at: 1970-01-01T00:00:00.000Z, f: [Function: f] }',
  );
  expect(String(presentable('x', new Error('hunter2')))).toBe('<Error>');
});

test('an object that cannot be read costs only itself', () => {
  const value = {
    get a(): never {
      throw new Error('hunter2');
    },
  };

  expect(String(presentable('x', value))).toBe('<object that cannot be read>');
});
