import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../support/program.js';

/** The cold starts that four handlers see, each in a thread of its own, of two processes that run at once. */
async function coldStarts(TMPDIR: string): Promise<boolean[][]> {
  const ends = await Promise.all([1, 2].map(() => runProgram('cold-starts.mjs', { env: { TMPDIR } })));
  return ends.map(({ stdout }) => JSON.parse(stdout) as boolean[]);
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cold-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('one invocation of a process is its first, whichever thread runs it', async () => {
  for (const seen of await coldStarts(folder)) {
    expect(seen).toHaveLength(8);
    expect(seen.filter(Boolean)).toHaveLength(1);
  }
  expect(readdirSync(folder)).toHaveLength(2);
});

test('where there is no place to tell other threads, none is', async () => {
  for (const seen of await coldStarts(join(folder, 'missing'))) expect(seen).toEqual(Array(8).fill(false));
});

test('a program without threads leaves nothing behind', async () => {
  const { stdout } = await runProgram('cold-starts.mjs', { env: { TMPDIR: folder, THREADS: '0' } });

  expect(JSON.parse(stdout)).toEqual([true, false]);
  expect(readdirSync(folder)).toEqual([]);
});
