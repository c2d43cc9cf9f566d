import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { type Block, blocks } from '../support/document-blocks.js';
import { isProgram } from './blocks/fates.js';
import { runBlock } from './blocks/run-block.js';
import { isShellProgram, runShellBlock } from './blocks/run-shell-block.js';
import { inventoryOf, storyFile, storyOf } from './blocks/story.js';
import { hasConstructs, synthesizeBlocks } from './blocks/synthesize-blocks.js';

const directory = join(__dirname, 'stored');

// The client that reads what is stored would print it.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const programs = blocks().filter((block) => isProgram(block) || isShellProgram(block));
const pages = [...new Set(programs.map(({ page }) => page))];

/** What each program did, and why those failed that did. */
const stories = new Map<Block, string>();
const failures = new Map<Block, string>();

// Each is a process of its own, and a busy machine is no defect.
beforeAll(async () => {
  const queue = programs.filter((block) => !hasConstructs(block));
  const runners = Array.from({ length: availableParallelism() }, async () => {
    for (let block = queue.shift(); block; block = queue.shift()) await run(block);
  });
  await Promise.all([synthesize(programs.filter(hasConstructs)), ...runners]);
}, 400_000);

async function run(block: Block): Promise<void> {
  const deeds = await (isShellProgram(block) ? runShellBlock(block) : runBlock(block));
  stories.set(block, storyOf(deeds));
  if (deeds.by !== 0 && deeds.by !== 'SIGTERM') failures.set(block, `ended by ${deeds.by}: ${deeds.stderr}`);
}

async function synthesize(withConstructs: readonly Block[]): Promise<void> {
  const results = await synthesizeBlocks(withConstructs);
  for (const [index, result] of results.entries()) {
    const block = withConstructs[index]!;
    if ('threw' in result) failures.set(block, result.threw);
    else stories.set(block, inventoryOf(result));
  }
}

test.each(pages)('the programs of %s store and print what is written down', (page) => {
  const ofPage = programs.filter((block) => block.page === page);
  expect(ofPage.flatMap((block) => failures.get(block) ?? [])).toEqual([]);
  const fresh = ofPage.map((block) => `## ${block.title}\n${stories.get(block)!}`).join('\n');

  const path = join(directory, storyFile(page));
  if (process.env['UPDATE_DOCS'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, fresh);
  }
  expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(fresh);
});

test('each program does something that can be seen', () => {
  expect(programs.filter((block) => stories.get(block) === '')).toEqual([]);
});

test('what is written down is of a page that there is', () => {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.txt'),
  );
  const gone = files.filter((file) => !pages.map(storyFile).includes(file.split(sep).join('/')));
  if (process.env['UPDATE_DOCS'] === '1') for (const file of gone) rmSync(join(directory, file));
  else expect(gone).toEqual([]);
});
