import { inspect } from 'node:util';
import { assertNoProblems, SettingsError, shown, type Problem } from '../../contract/problems.js';

const problem: Problem = {
  where: 'FAPILOG_CLOUDWATCH__BATCH_SIZE',
  value: '0',
  allowed: 'an integer from 1',
};

describe('a settings error', () => {
  test('about one problem is one sentence', () => {
    expect(String(new SettingsError([problem]))).toBe(
      'SettingsError: invalid setting: FAPILOG_CLOUDWATCH__BATCH_SIZE is "0"; allowed: an integer from 1',
    );
  });

  test('about several has a line for each', () => {
    const another = { where: 'core.logLevel', value: undefined, allowed: 'a level' };

    expect(new SettingsError([problem, another]).message.split('\n')).toEqual([
      'invalid settings:',
      '  - FAPILOG_CLOUDWATCH__BATCH_SIZE is "0"; allowed: an integer from 1',
      '  - core.logLevel is not set; allowed: a level',
    ]);
  });

  test('has a stable code and the problems', () => {
    const error = new SettingsError([problem]);

    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.code, error.problems]).toEqual([
      'SettingsError',
      'FAPILOG_SETTINGS',
      [problem],
    ]);
  });

  test('is thrown where there is a problem, and only there', () => {
    expect(() => assertNoProblems([])).not.toThrow();
    expect(() => assertNoProblems([problem])).toThrow(SettingsError);
  });
});

describe('a value in a message', () => {
  test.each([
    [undefined, 'not set'],
    ['', '""'],
    ['text', '"text"'],
    ['two\nlines', '"two\\nlines"'],
    [0, '0'],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [null, 'null'],
    [true, 'true'],
  ])('%p is shown as %s', (value, expected) => {
    expect(shown(value)).toBe(expected);
  });

  test('of whatever type is shown, and on one line', () => {
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);

    for (const value of [5n, Symbol('s'), () => 1, cyclic, { a: { b: { c: {} } } }, Object.create(null)]) {
      expect(shown(value)).toMatch(/^.+$/);
    }
  });

  test.each([
    ['ftp://user:secret@host/path', '"ftp://***@host/path"'],
    ['ftp://key@host', '"ftp://***@host"'],
    ['ftp://a:b@one,ftp://c:d@two', '"ftp://***@one,ftp://***@two"'],
    ['ftp://host/path@2', '"ftp://host/path@2"'],
    ['ftp://host', '"ftp://host"'],
  ])('%s has no credentials: %s', (url, expected) => {
    expect(shown(url)).toBe(expected);
  });

  // The authority of a URL ends at its last @, and quotes may stand in it: the rest of the password is shown.
  test('has no credentials with an @ in them', () => {
    expect(shown('ftp://user:se@cret@host')).toBe('"ftp://***@host"');
  });

  test('has no credentials with a quote in them', () => {
    expect(shown('ftp://user:se"cret@host')).toBe('"ftp://***@host"');
  });

  test('is masked before it is cut', () => {
    expect(shown(`ftp://user:${'s'.repeat(200)}@host`)).toBe('"ftp://***@host"');
  });

  test.each([
    [97, `"${'x'.repeat(97)}"`],
    [98, `"${'x'.repeat(98)}"`],
    [99, `"${'x'.repeat(99)}…`],
  ])('of %d characters is cut beyond 100, quotes included', (length, expected) => {
    expect(shown('x'.repeat(length))).toBe(expected);
  });
});

test('an error that is printed whole shows no credentials either', () => {
  const error = new SettingsError([
    { where: 'URL', value: 'ftp://user:secret@host', allowed: 'an http URL' },
  ]);

  expect(inspect(error)).toContain('URL is "ftp://***@host"; allowed: an http URL');
  expect(inspect(error)).not.toContain('secret');
  expect(JSON.stringify(error)).not.toContain('secret');
});

test('an error holds no secrets, in its problems neither', () => {
  const error = new SettingsError([
    { where: 'sinkConfig.kafka.password', value: 'hunter2', allowed: 'nothing' },
    {
      where: 'FAPILOG_CLOUDWATCH__ENDPOINT_URL',
      value: 'http://a:hunter2@h?token=hunter2',
      allowed: 'a URL',
    },
    { where: 'sinkConfig', value: { kafka: { apiKey: 'hunter2', hosts: ['h'] } }, allowed: 'nothing' },
  ]);

  expect(error.message.split('\n').slice(1)).toEqual([
    '  - sinkConfig.kafka.password is <text of 7 characters>; allowed: nothing',
    '  - FAPILOG_CLOUDWATCH__ENDPOINT_URL is "http://***@h?…"; allowed: a URL',
    "  - sinkConfig is { kafka: { apiKey: <text of 7 characters>, hosts: [ 'h' ] } }; allowed: nothing",
  ]);
  for (const text of [
    inspect(error),
    inspect(error.problems, { depth: 9 }),
    JSON.stringify(error.problems),
  ]) {
    expect(text).not.toContain('hunter2');
  }
});
