import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBalanced } from '../../runtime/ack/ledger.js';
import { root } from '../support/imports.js';
import { runWith, type Ended } from '../support/programs.js';

type Account = Parameters<typeof isBalanced>[0];

interface Cost {
  readonly listeners: string;
  readonly resources: number;
}

/** What the program of these tests tells. */
interface Told {
  readonly before: Cost;
  readonly after: Cost;
  readonly account: Account;
  readonly loaded: readonly string[];
}

let directory: string;

beforeAll(() => (directory = realpathSync(mkdtempSync(join(tmpdir(), 'off-switch-')))));
afterAll(() => rmSync(directory, { recursive: true }));

const SILENT = { FAPILOG_CORE__LOG_LEVEL: 'silent' };

/** Everything that would cost something, or would have to be set, if the switch did not turn it off. */
const costly = (): NodeJS.ProcessEnv => ({
  FAPILOG_CLOUDWATCH__SPOOL_DIR: join(directory, 'spool'),
  FAPILOG_CLOUDWATCH__INSTALL_SIGNAL_HANDLERS: 'true',
  FAPILOG_CORE__FILTERS: 'rate_limit,first_occurrence',
  FAPILOG_CORE__WORKER: 'true',
  ECS_CONTAINER_METADATA_URI_V4: 'http://127.0.0.1:9',
});

/** A program that has nothing set but these variables. */
function runOff(way: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  return runWith([join(root, 'test/pipeline/programs/is-off.mjs'), way], {
    PATH: process.env['PATH'],
    ...env,
  });
}

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

test.each<[string, string, () => NodeJS.ProcessEnv]>([
  ['FAPILOG_CORE__LOG_LEVEL=silent', 'environment', () => SILENT],
  ['FAPILOG_CORE__LOG_LEVEL=Silent', 'environment', () => ({ FAPILOG_CORE__LOG_LEVEL: ' Silent ' })],
  ['fapilog_core__log_level=silent', 'environment', () => ({ fapilog_core__log_level: 'silent' })],
  ['FAPILOG_CORE__LOG_LEVEL=silent, and a name', 'named', () => SILENT],
  ['FAPILOG_CORE__LOG_LEVEL=silent, and all that costs', 'environment', () => ({ ...SILENT, ...costly() })],
  ['FAPILOG_CORE__SINKS=[]', 'environment', () => ({ FAPILOG_CORE__SINKS: '[]' })],
  ['FAPILOG_CORE__SINKS=[ ]', 'environment', () => ({ FAPILOG_CORE__SINKS: ' [ ] ' })],
  ['FAPILOG_CORE__SINKS=none', 'environment', () => ({ FAPILOG_CORE__SINKS: 'none' })],
  ['FAPILOG_CORE__SINKS=None', 'environment', () => ({ FAPILOG_CORE__SINKS: ' None ' })],
  [
    'FAPILOG_CORE__SINKS=none, and all that costs',
    'environment',
    () => ({ FAPILOG_CORE__SINKS: 'none', ...costly() }),
  ],
  ['a sink that nobody knows, at silent', 'environment', () => ({ ...SILENT, FAPILOG_CORE__SINKS: 'kafka' })],
  [
    'a file with a level',
    'environment',
    () => ({ FAPILOG_CONFIG_FILE: file('level.json', '{"core":{"log_level":"silent"}}') }),
  ],
  [
    'a file without sinks',
    'environment',
    () => ({ FAPILOG_CONFIG_FILE: file('sinks.json', '{"core":{"sinks":[]}}') }),
  ],
  [
    'a file with the word none',
    'environment',
    () => ({ FAPILOG_CONFIG_FILE: file('none.json', '{"core":{"sinks":"none"}}') }),
  ],
  ["getLogger({ level: 'silent' })", 'level', () => ({})],
  ["getLogger({ level: 'SILENT' }), and all that costs", 'upper', costly],
  ['settings of that level', 'settings', () => ({})],
  ['a worker that is asked for', 'worker', () => ({})],
  ['getLogger({ sinks: [] })', 'noSinks', () => ({})],
  ['settings without sinks', 'noNames', costly],
  ['a child of a silent logger', 'child', () => SILENT],
  ['a sink made by the application', 'ownSink', () => ({ ...SILENT, ...costly() })],
  ['a sink made by the application, and a loud logger', 'loudOwnSink', () => SILENT],
  ['a sink that is silent itself', 'ownSilentSink', () => ({})],
])('%s costs nothing, needs nothing and answers', async (_, way, env) => {
  const { code, stdout, stderr } = await runOff(way, env());

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const told = JSON.parse(stdout) as Told;
  expect(told).toMatchObject({ flushed: 0, state: 'healthy', closed: 'closed', needsDrain: false });
  expect(told.account).toMatchObject({ accepted: 0, delivered: 0, pending: 0 });
  expect(isBalanced(told.account)).toBe(true);
  expect(told.after).toEqual(told.before);
  expect(told.loaded).toEqual([]);
  expect(readdirSync(directory)).not.toContain('spool');
});

test.each<[string, NodeJS.ProcessEnv, RegExp]>([
  ['a level that is none', { FAPILOG_CORE__LOG_LEVEL: 'silence' }, /FAPILOG_CORE__LOG_LEVEL is "silence"/],
  ['a setting', { ...SILENT, FAPILOG_CLOUDWATCH__BATCH_SIZE: '0' }, /FAPILOG_CLOUDWATCH__BATCH_SIZE is "0"/],
  ['sinks', { ...SILENT, FAPILOG_CORE__SINKS: '[' }, /FAPILOG_CORE__SINKS is "\["/],
  ['a list of sinks with none in it', { FAPILOG_CORE__SINKS: 'stdout_json,none' }, /none/],
  ['a path of redaction', { ...SILENT, FAPILOG_REDACTION__PATHS: 'a[' }, /a\[/],
])('%s that is malformed is an error all the same', async (_, env, message) => {
  const { code, stderr } = await runOff('environment', env);

  expect(code).toBe(1);
  expect(stderr).toMatch(message);
});
