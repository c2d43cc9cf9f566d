import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as published from '../../runtime/index.js';
import { root, sourceFiles } from '../support/imports.js';

test('the package publishes these values and no others', () => {
  expect(Object.keys(published).toSorted()).toEqual([
    'CloudWatchSink',
    'DIAGNOSTICS_CHANNEL',
    'LEVELS',
    'PluginError',
    'Settings',
    'SettingsError',
    'flushWorkers',
    'flushWorkersSync',
    'formatLine',
    'getLogger',
    'isBalanced',
    'registerFilter',
    'registerSink',
    'withContext',
  ]);
});

/** Types that signatures name, although nobody outside can use them. */
const INTERNAL = {
  // Ways to write down what the settings table says; users name SettingsInput and Settings.
  CloudWatchValues: ['OversizeAction'],
  Definition: ['FilterDefinition', 'SinkDefinition'],
  RoutingRule: ['SinkRoutingInput'],
  SectionIn: ['Settings'],
  Values: ['Settings'],
  ValuesOf: ['Settings'],
  WorkerChoice: ['LoggerOptions'],
};

test('each type that a signature names is exported as well', () => {
  const program = join(root, 'test/support/unexported-types.mjs');
  const entry = ['runtime/tsconfig.json', 'runtime/index.ts'].map((path) => join(root, path));

  expect(JSON.parse(execFileSync(process.execPath, [program, ...entry], { encoding: 'utf8' }))).toEqual(
    INTERNAL,
  );
});

test('the documents name the code of each error that users can catch, and no other', () => {
  const rows = readFileSync(join(root, 'docs/logger.md'), 'utf8').matchAll(
    /^\| `(FAPILOG_[A-Z]+)` \| `\w+Error` \|/gm,
  );
  const sources = ['contract', 'runtime'].flatMap(sourceFiles).map(({ source }) => source);
  const thrown = sources.flatMap((source) => [...source.matchAll(/\bcode(?: =|:) '(FAPILOG_[A-Z]+)'/g)]);

  expect(thrown.map(([, code]) => code!).toSorted()).toEqual([...rows].map(([, code]) => code!).toSorted());
});
