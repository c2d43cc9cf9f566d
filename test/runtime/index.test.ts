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

test('the documents name the code of each error that users can catch, and no other', () => {
  const rows = readFileSync(join(root, 'docs/logger.md'), 'utf8').matchAll(
    /^\| `(FAPILOG_[A-Z]+)` \| `\w+Error` \|/gm,
  );
  const sources = ['contract', 'runtime'].flatMap(sourceFiles).map(({ source }) => source);
  const thrown = sources.flatMap((source) => [...source.matchAll(/\bcode(?: =|:) '(FAPILOG_[A-Z]+)'/g)]);

  expect(thrown.map(([, code]) => code!).toSorted()).toEqual([...rows].map(([, code]) => code!).toSorted());
});
