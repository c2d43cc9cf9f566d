import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../support/imports.js';
import { runWith } from '../../support/programs.js';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'pieces-')));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a package that notes when it runs. */
function write(name: string, head: string): void {
  const home = join(folder, 'node_modules', name);
  mkdirSync(home, { recursive: true });
  const note = `require('node:fs').appendFileSync(${JSON.stringify(journal())}, '${name} ');`;
  writeFileSync(join(home, 'index.js'), `${head}\n${note}\n`);
}

const journal = (): string => join(folder, 'journal');

/** The built module, because Jest puts its own `require` in the place of the one that it is for. */
const built = pathToFileURL(join(root, 'dist/build/runtime/sdk/in-pieces.js')).href;

/** Loads a package in a process of its own, and returns what ran in each turn of the event loop. */
async function turnsOf(name: string): Promise<string[]> {
  const program = `
    import { appendFileSync } from 'node:fs';
    import { createRequire } from 'node:module';
    import { loadInPieces } from '${built}';
    const next = () => {
      appendFileSync('journal', '|');
      turn = setImmediate(next);
    };
    let turn = setImmediate(next);
    await loadInPieces('${name}', createRequire(process.cwd() + '/'));
    clearImmediate(turn);
    appendFileSync('journal', '|');`;
  writeFileSync(join(folder, 'program.mjs'), program);
  const { code, stderr } = await runWith(['program.mjs'], process.env, { cwd: folder });
  expect([code, stderr]).toEqual([0, '']);
  const parts = readFileSync(journal(), 'utf8').split('|');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

test('what a package requires is loaded before it, each part in a turn of its own', async () => {
  write('deep', '');
  write('left', `const { a } = require("deep");`);
  write('right', `const deep = require('deep');`);
  write('whole', `const { left: b } = require("left");\nvar right = require("right");`);

  expect(await turnsOf('whole')).toEqual(['deep', 'left', 'right', 'whole']);
});

test('what is required by a function waits for its call', async () => {
  write('late', '');
  write('whole', `function later() {\n  const late = require("late");\n}`);

  expect(await turnsOf('whole')).toEqual(['whole']);
});

test('modules may require each other', async () => {
  write('other', `const whole = require("whole");`);
  write('whole', `const other = require("other");`);

  expect((await turnsOf('whole')).join(' ').split(' ').toSorted()).toEqual(['other', 'whole']);
});

test('a part that is missing, or that fails, does no harm', async () => {
  write('fails', `throw new Error('no');`);
  write('part', '');
  write(
    'whole',
    `try {\nconst x = require("nowhere");\nconst y = require("fails");\n} catch {}\nconst z = require("part");`,
  );

  expect(await turnsOf('whole')).toEqual(['part', 'whole']);
});

test('a package that is not there does no harm', async () => {
  expect(await turnsOf('nowhere')).toEqual([]);
});
