import { markdownTable } from '../../tools/docs/markdown-table.js';
import { calls, type LoggedCall } from '../support/calls.js';
import { generatedPart } from '../support/generated-part.js';
import { SinkBench } from '../support/sink-against-server.js';
import { storedLines } from '../support/stored-lines.js';

let bench: SinkBench;

beforeAll(async () => {
  bench = await SinkBench.start();
});

afterAll(() => bench.stop());

async function storedOf(group: readonly LoggedCall[]): Promise<string[]> {
  const lines = await storedLines(
    bench,
    group.map(({ log }) => log),
  );
  return lines.map((line, index) => `${group[index]?.code} → ${line}`);
}

test.each(Object.entries(calls))('%s: nothing of a log call is lost', async (_, group) => {
  expect(await storedOf(group)).toEqual(
    group.map(({ code, stored }) => `${code} → ${JSON.stringify(stored)}`),
  );
});

test('docs/logger.md says what becomes of a call; if not, run this file with UPDATE_DOCS=1', async () => {
  const rows: string[][] = [];
  for (const [name, group] of Object.entries(calls)) {
    rows.push([`**${name}**`, '']);
    const lines = await storedOf(group);
    rows.push(...lines.map((line) => line.split(' → ').map((cell) => `\`${withoutStacks(cell)}\``)));
  }

  const { found, fresh } = generatedPart(
    'docs/logger.md',
    'calls',
    markdownTable(['call', 'stored, behind time and level'], rows),
  );
  expect(found).toBe(fresh);
});

function withoutStacks(line: string): string {
  return line.replaceAll(/"stack":"[^"]*"/g, '"stack":"…"');
}
