import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Block, blocks } from '../support/document-blocks.js';
import { normalText } from './blocks/normal-text.js';
import { storyFile } from './blocks/story.js';

/** Lines that no program of their page stores, and what holds them. */
const OTHERS: readonly { readonly holds: string; readonly reason: string }[] = [
  { holds: '"diverted":"exit"', reason: 'the form of a line on stderr: test/pipeline/exit' },
  { holds: '"traceId":"', reason: 'a record with a trace and a resource: test/pipeline/otel.test.ts' },
];

/** The objects of a JSON block: one, or one in each line. */
function objectsIn({ code }: Block): object[] {
  const texts = code.startsWith('{\n') ? [code] : code.trimEnd().split('\n');
  return texts.map((text) => JSON.parse(text) as object);
}

/** Lines on the pages of examples are those of programs that have tests of their own. */
const shown = blocks()
  .filter(({ page, language }) => language === 'json' && !page.startsWith('examples/'))
  .flatMap((block) => objectsIn(block).map((object) => ({ block, object })))
  .filter(({ object }) => ['level', 'msg', 'diverted'].some((key) => key in object));

/** The lines that the programs of a page store, as stored.test.ts has seen them. */
function storedBy(page: string): string[] {
  const file = join(__dirname, 'stored', storyFile(page));
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line.trim())
    : [];
}

const held = shown.filter(({ block }) => !OTHERS.some(({ holds }) => block.code.includes(holds)));

test.each(held.map(({ block, object }) => [block.page, block.title, object] as const))(
  '%s, %s: a program of the page stores the line that it shows',
  (page, _title, object) => {
    expect(storedBy(page)).toContain(normalText(JSON.stringify(object)));
  },
);

test('the table that the page of query shows is printed by its first command', () => {
  const [table] = blocks().filter(
    ({ page, language }) => page === 'docs/commands/query.md' && language === '',
  );
  const lines = table!.code.trimEnd().split('\n');

  expect(storedBy('docs/commands/query.md').slice(-lines.length - 1, -1)).toEqual(
    lines.map((line) => line.trim()),
  );
});

test('the documents show lines', () => {
  expect(held.length).toBeGreaterThan(4);
});

test('each line that is held elsewhere is there', () => {
  expect(OTHERS.filter(({ holds }) => !shown.some(({ block }) => block.code.includes(holds)))).toEqual([]);
});
