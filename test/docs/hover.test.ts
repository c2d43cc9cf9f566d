import { sectionNames, sections, type SectionName } from '../../contract/sections.js';
import type { Rows } from '../../contract/settings/setting.js';
import { isOwned } from '../../lib/define/cloud-watch-sink-settings.js';
import type { Row } from '../support/setting-values.js';
import { LanguageServer } from '../support/language-server.js';

/** A program with one option a line, and what an editor has to say about each. */
interface Program {
  readonly lines: string[];
  readonly expected: { readonly key: string; readonly line: number; readonly texts: readonly string[] }[];
}

let server: LanguageServer;
let files = 0;

beforeAll(async () => {
  server = await LanguageServer.start();
});

afterAll(() => server.stop());

function addOptions({ lines, expected }: Program, rows: Rows): void {
  for (const [key, row] of Object.entries<Row>(rows)) {
    const preset = row.default === undefined ? row.otherwise! : '';
    expected.push({ key, line: lines.length, texts: [row.meaning, `Allowed: ${row.kind.allowed}.`, preset] });
    lines.push(`${key}: undefined,`);
  }
}

function addSection(program: Program, key: string, name: SectionName): void {
  program.expected.push({ key, line: program.lines.length, texts: [sections[name].meaning] });
  program.lines.push(`${key}: {`);
  addOptions(program, sections[name].rows);
  program.lines.push('},');
}

/** Options of which an editor does not show everything, with what it shows instead. */
async function silent({ lines, expected }: Program): Promise<unknown[]> {
  const file = `.cache/hovered-${++files}.ts`;
  server.open(file, lines.join('\n'));
  const shown = await Promise.all(
    expected.map(async ({ key, line, texts }) => {
      const text = plain(await server.hover(file, line, lines[line]!.indexOf(key)));
      return { key, text, isShown: texts.every((each) => text.includes(plain(each))) };
    }),
  );
  return shown.filter(({ isShown }) => !isShown);
}

/** Words alone: the server breaks lines and puts the marks of Markdown around what it shows. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

test('an editor explains each option of new CloudWatchSink({…})', async () => {
  const program: Program = {
    lines: [`import { CloudWatchSink } from '../runtime/index.js';`, 'new CloudWatchSink({'],
    expected: [],
  };
  addOptions(program, sections.cloudwatch.rows);
  program.lines.push('});');

  expect(program.expected).toHaveLength(Object.keys(sections.cloudwatch.rows).length);
  expect(await silent(program)).toEqual([]);
});

test('an editor explains each option of new Settings({…})', async () => {
  const program: Program = {
    lines: [`import { Settings } from '../runtime/index.js';`, 'new Settings({'],
    expected: [],
  };
  for (const name of sectionNames) {
    const [outer, inner] = sections[name].path as readonly [string, string?];
    if (inner === undefined) addSection(program, outer, name);
  }
  for (const outer of ['sinkConfig', 'filterConfig']) {
    program.lines.push(`${outer}: {`);
    for (const name of sectionNames) if (sections[name].path[0] === outer) addSection(program, name, name);
    program.lines.push('},');
  }
  program.lines.push('});');

  expect(program.expected.length).toBeGreaterThan(60 + sectionNames.length);
  expect(await silent(program)).toEqual([]);
});

test('an editor explains each option of new CloudWatchLogging(…, {…})', async () => {
  const program: Program = {
    lines: [
      `import { Stack } from 'aws-cdk-lib';`,
      `import { CloudWatchLogging } from '../lib/index.js';`,
      `new CloudWatchLogging(new Stack(), 'Logging', {`,
      'settings: {',
    ],
    expected: [],
  };
  const rows = Object.entries(sections.cloudwatch.rows).filter(([key]) => !isOwned(key));
  addOptions(program, Object.fromEntries(rows));
  program.lines.push('},', 'sampling: {');
  addOptions(program, sections.sampling.rows);
  program.lines.push('},', 'rateLimit: {');
  addOptions(program, sections.rateLimit.rows);
  program.lines.push('},', '});');

  expect(await silent(program)).toEqual([]);
});

test('an option without a word is found', async () => {
  const lines = ['const take = (_: { batchSize: number }): void => {};', 'take({', 'batchSize: 1,', '});'];
  const program: Program = { lines, expected: [{ key: 'batchSize', line: 2, texts: ['Events'] }] };

  expect(await silent(program)).toMatchObject([{ key: 'batchSize' }]);
});
