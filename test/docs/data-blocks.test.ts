import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseQuery } from '../../local/insights/parse-query.js';
import { findPackage } from '../../runtime/plugins/package.js';
import { Settings } from '../../runtime/settings/settings.js';
import { type Block, blocks } from '../support/document-blocks.js';

const dataBlocks = blocks().filter(({ language }) => language === 'yaml' || language === 'json');

/** The documents of a block: in JSON, there may be one in each line. */
function documentsOf({ language, code }: Pick<Block, 'language' | 'code'>): object[] {
  if (language === 'yaml') return [parse(code) as object];
  const texts = /^[{[]\n/.test(code) ? [code] : code.trimEnd().split('\n');
  return texts.map((text) => JSON.parse(text) as object);
}

/** Those with a document that has a key, each as a row of a table of tests. */
function rowsWith(key: string): [string, string, Block][] {
  const found = dataBlocks.filter((block) => documentsOf(block).some((document) => key in document));
  return found.map((block) => [block.page, block.title, block]);
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function readAsSettings({ language, code }: Pick<Block, 'language' | 'code'>): Settings {
  const file = join(folder, `settings.${language}`);
  writeFileSync(file, code);
  return new Settings({}, { file, env: {} });
}

test('each block of JSON and YAML is an object, or one in each line', () => {
  const objects = dataBlocks.flatMap(documentsOf);

  expect(objects.filter((document) => typeof document !== 'object')).toEqual([]);
  expect(new Set(dataBlocks.map(({ language }) => language))).toEqual(new Set(['json', 'yaml']));
});

test.each(rowsWith('core'))('%s, %s: the settings are read', (_page, _title, block) => {
  expect(readAsSettings(block).notices).toEqual([]);
});

test.each(rowsWith('fapilog'))('%s, %s: the package is one of plugins', (_page, _title, { code }) => {
  const manifest = { name: 'plugin', ...(JSON.parse(code) as object) };
  const home = join(folder, 'node_modules/plugin');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify(manifest));
  const { fapilog } = manifest as unknown as Record<'fapilog', Record<'sinks' | 'filters', object>>;
  for (const path of Object.values({ ...fapilog.sinks, ...fapilog.filters }))
    writeFileSync(join(home, String(path)), '');

  expect(findPackage('plugin', folder)).toMatchObject({ kind: 'package' });
});

const queries = blocks().filter(
  ({ language, code }) => language === 'text' && /^(?:fields|filter|stats) /.test(code),
);

test.each(queries.map(({ page, title, code }) => [page, title, code]))(
  '%s, %s: the query is one of Logs Insights',
  (_page, _title, code) => {
    expect(parseQuery(code).commands).not.toEqual([]);
  },
);

test.each([
  ['a key that is no setting', 'core:\n  sink: ["cloudwatch"]\n'],
  ['a value that is none', 'core:\n  log_level: loud\n'],
])('%s is found', (_, code) => {
  expect(() => readAsSettings({ language: 'yaml', code })).toThrow('invalid setting');
});
