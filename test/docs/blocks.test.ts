import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/imports.js';
import { blocks, blocksOf, fileOf, pages } from '../support/document-blocks.js';
import { moduleText } from '../support/module-text.js';
import { exceptions, sceneOf, scenes } from './blocks/scenes.js';

/** What happens with the blocks of each language. */
const LANGUAGES = {
  ts: 'compiled by snippets.test.ts, run by stored.test.ts',
  js: 'run by stored.test.ts',
  sh: 'read by a shell in shell-blocks.test.ts',
  bash: 'read by a shell in shell-blocks.test.ts',
  ini: 'read by shell-blocks.test.ts',
  json: 'read by data-blocks.test.ts and shown-lines.test.ts',
  yaml: 'read by data-blocks.test.ts',
  text: 'a query, read by data-blocks.test.ts, Python, or what something prints',
  dockerfile: 'not built: Docker is not everywhere',
  python: 'not run: the library fapilog is not everywhere; npm run test:python runs it',
  '': 'what something prints',
};

const all = blocks();
const code = all.filter(({ language }) => language === 'ts' || language === 'js');

test('each block is of a language that a test reads', () => {
  expect(all.filter(({ language }) => !(language in LANGUAGES))).toEqual([]);
});

test('no block is hidden in a fence that is not found', () => {
  const fences = pages().flatMap((page) => readFileSync(join(root, page), 'utf8').match(/^ *`{3,}/gm) ?? []);
  expect(fences).toHaveLength(2 * all.length);
});

test('each scene is that of a block', () => {
  expect(scenes.filter((scene) => !code.some((block) => sceneOf(block.code) === scene))).toEqual([]);
});

test('each exception is that of a block', () => {
  expect(exceptions.filter(({ holds }) => !code.some((block) => block.code.includes(holds)))).toEqual([]);
});

test('each text that is replaced in a block is there', () => {
  const replaced = code.filter((block) => sceneOf(block.code)?.replaced !== undefined);
  expect(replaced.map((block) => block.code.includes(sceneOf(block.code)!.replaced![0]))).not.toContain(
    false,
  );
});

test('each block of JavaScript can be parsed', () => {
  const scripts = code.filter(({ language }) => language === 'js');
  expect(scripts.length).toBeGreaterThan(1);
  for (const block of scripts) expect(moduleText(block.code)).not.toBe('');
});

test('pages whose blocks are the files of one program have a test that runs it', () => {
  const withFiles = new Set(code.filter((block) => fileOf(block) !== undefined).map(({ page }) => page));
  const tests = readFileSync(join(root, 'test/pipeline/frameworks/pages.test.ts'), 'utf8');
  expect([...withFiles].filter((page) => !tests.includes(`'${page}'`))).toEqual([]);
});

test('blocks are found in lists, and numbered below a heading', () => {
  const text = '# One\n\n```ts\na\n```\n\n- x\n\n  ```ts\n  b\n    c\n  ```\n\n## Two\n\n```sh\nd\n```\n';

  expect(blocksOf('page.md', text)).toEqual([
    { page: 'page.md', title: 'One', language: 'ts', code: 'a\n' },
    { page: 'page.md', title: 'One (2)', language: 'ts', code: 'b\n  c\n' },
    { page: 'page.md', title: 'Two', language: 'sh', code: 'd\n' },
  ]);
});
