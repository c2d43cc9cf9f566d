import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as published from '../../runtime/index.js';
import { root } from '../support/imports.js';

test('the package publishes these values and no others', () => {
  expect(Object.keys(published).toSorted()).toEqual([
    'CloudWatchSink',
    'DIAGNOSTICS_CHANNEL',
    'LEVELS',
    'PluginError',
    'Settings',
    'SettingsError',
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
  // Of members of the sink that only this package uses.
  LogEvent: ['CloudWatchSink'],
  Loss: ['CloudWatchSink'],
  SinkEdges: ['CloudWatchSink'],
  SpoolState: ['CloudWatchSink'],
  // Ways to write down what the settings table says; users name SettingsInput and Settings.
  CloudWatchInput: ['CloudWatchSinkOptions'],
  CloudWatchValues: ['OversizeAction'],
  InputOf: ['SettingsInput'],
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
