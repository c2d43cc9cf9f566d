import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Settings } from '../../../runtime/index.js';
import { thrownBy } from '../../support/environment.js';

const folder = mkdtempSync(join(tmpdir(), 'fapilog-secrets-'));
const file = join(folder, 'settings.yaml');

afterAll(() => rmSync(folder, { recursive: true }));

/** What is said of a file, without its path, and of what is in it nothing. */
function problemsOf(text: string): string[] {
  writeFileSync(file, text);
  const error = thrownBy(() => new Settings({}, { file, env: {} })) as Error;
  expect(inspect(error, { depth: 9 })).not.toContain('s3cr3t');
  return error.message.replaceAll(file, 'FILE').split(/\n {2}- /);
}

test.each([
  [
    'sink_config:\n  cloudwatch:\n    external_id: s3cr3t: x\n',
    'FILE is <block as implicit key at line 3, column 18>; allowed: YAML or JSON',
  ],
  ['core:\n  log_level: "s3cr3t\n', 'FILE is <missing char at line 3, column 1>; allowed: YAML or JSON'],
  ['@s3cr3t', 'FILE is <bad scalar start at line 1, column 1>; allowed: YAML or JSON'],
  ['{"a":"s3cr3t"', 'FILE is <missing char at line 1, column 14>; allowed: YAML or JSON'],
  ['app: { service: *s3cr3t }', 'settings file is "FILE"; allowed: a file that can be read (ReferenceError)'],
])('of a text that is malformed, the place is shown: %j', (text, problem) => {
  expect(problemsOf(text)).toEqual([`invalid setting: ${problem}`]);
});

test.each([0, 7, {}, true])('a file that is no path is not opened: %j', (other) => {
  const make = (): unknown => new Settings({}, { file: other as unknown as string, env: {} });
  expect(thrownBy(make)).toMatchObject({ message: expect.stringMatching(/; allowed: the path of a file$/) });
});

test('of several errors, none quotes the text', () => {
  expect(problemsOf('a: |s3cr3t\n  x').slice(1)).toEqual([
    'FILE is <unexpected token at line 1, column 5>; allowed: YAML or JSON',
    'FILE is <missing char at line 2, column 3>; allowed: YAML or JSON',
    'FILE is <bad indent at line 2, column 3>; allowed: YAML or JSON',
  ]);
});

test.each([
  ['password: s3cr3t', 'FILE:1: password is <text of 6 characters>: no such setting; '],
  ['core:\n  apiKey: [s3cr3t]', 'FILE:2: core.apiKey is <list of 1>: no such setting; '],
  [
    'sink_config: { cloudwatch: { external_id: "s3cr3t {" } }',
    'FILE:1: sink_config.cloudwatch.external_id is <text of 8 characters>; allowed: ',
  ],
  ['app: \'{"a":"s3cr3t"}\'', 'FILE:1: app is <text of 14 characters>; allowed: a mapping of settings'],
  [
    'sink_config: { cloudwatch: { endpoint_url: "ftp://user:s3cr3t@host/?s3cr3t" } }',
    'FILE:1: sink_config.cloudwatch.endpoint_url is "ftp://***@host/?…"; allowed: ',
  ],
  ['core: { log_level: loud }', 'FILE:1: core.log_level is "loud"; allowed: '],
])('a value that may be secret is not shown: %j', (text, problem) => {
  const [shown] = problemsOf(text);

  expect(shown!.slice(0, 'invalid setting: '.length + problem.length)).toBe(`invalid setting: ${problem}`);
});

test.each([
  [
    'FAPILOG_SINK_CONFIG',
    '{"cloudwatch":{"external_id":"s3cr3t"',
    '; it stops being JSON at line 1, column 38',
  ],
  ['FAPILOG_FILTER_CONFIG', '["s3cr3t"]', ''],
])('a document in %s is not shown', (name, text, hint) => {
  expect(String(thrownBy(() => new Settings({}, { env: { [name]: text } })))).toBe(
    `SettingsError: invalid setting: ${name} is <text of ${text.length} characters>; allowed: ` +
      `a JSON object of settings${hint}`,
  );
});

test('a key in code that nobody knows does not show its value', () => {
  const error = thrownBy(
    () => new Settings({ core: { password: 's3cr3t' }, apiKey: 's3cr3t' } as object, { env: {} }),
  );

  expect(inspect(error, { depth: 9 })).not.toContain('s3cr3t');
  expect(String(error)).toContain('core.password is <text of 6 characters>: no such setting');
});

/** Settings of a file, of which only the filters matter. */
function filtersOf(text: string): Settings['filterConfig'] {
  writeFileSync(file, text);
  return new Settings({}, { file, env: {} }).filterConfig;
}

test.each([
  ['sampling: { config: { sample_rate: 0.25 } }', { sampling: { rate: 0.25 } }],
  ['sampling: { sample_rate: 0.25 }', { sampling: { rate: 0.25 } }],
  [
    'rate_limit: { config: { capacity: 7, key_field: user_id } }',
    { rateLimit: { capacity: 7, keyField: 'user_id' } },
  ],
  ['level: { config: { min_level: WARNING } }', { level: { minLevel: 'warn' } }],
  [
    'first_occurrence: { config: { key_fields: ["message"], max_keys: 9, subsequent_sample_rate: 0 } }',
    { firstOccurrence: { keyFields: ['message'], maxKeys: 9, subsequentSampleRate: 0 } },
  ],
])('a filter may be written as Python’s documents do: %s', (filter, expected) => {
  expect(filtersOf(`filter_config:\n  ${filter}\n`)).toMatchObject(expected);
});

test('two spellings of a setting may agree, and are a problem if they do not', () => {
  expect(filtersOf('filter_config: { sampling: { rate: 0.5, sample_rate: 0.5 } }').sampling.rate).toBe(0.5);
  expect(
    problemsOf('filter_config:\n  sampling:\n    rate: 0.5\n    config:\n      sample_rate: 0.2\n'),
  ).toEqual([
    'invalid setting: FILE:5: filter_config.sampling.config.sample_rate is 0.2; ' +
      'allowed: what FILE:3: filter_config.sampling.rate says, because it is the same setting',
  ]);
});
