import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocks, pages } from '../support/document-blocks.js';
import { root } from '../support/imports.js';

/** What a newcomer runs first: the first program of each page of a logger. */
const loggerPages = pages().filter((page) => page.startsWith('docs/loggers/'));
const programs = blocks().filter(({ language }) => language === 'ts');
const firstPrograms = loggerPages.flatMap((page) => programs.find((program) => program.page === page) ?? []);

test('it logs into the Region of the shell, as the local server prints it', () => {
  expect(firstPrograms.length).toBeGreaterThan(5);
  for (const { page, code } of firstPrograms)
    expect([page, code]).toEqual([page, expect.not.stringContaining('region')]);
});

/** Statements such as `const { getLogger } = require('fapilog-cloudwatch');` in the text of pages. */
const requires = pages().flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const found = text.matchAll(
    /`const \{ (?<names>[^}]+) \} = require\('(?<module>fapilog-cloudwatch[^']*)'\);?`/g,
  );
  return [...found].map(({ groups }) => ({
    page,
    module: groups!['module']!,
    names: groups!['names']!.split(', ').map((name) => name.split(':')[0]!),
  }));
});

test.each(['logger', 'loggers/winston', 'loggers/http', 'loggers/console', 'loggers/pino'])(
  'docs/%s.md says how CommonJS has it',
  (page) => {
    expect(requires.map((found) => found.page)).toContain(`docs/${page}.md`);
  },
);

test('what is required is there', () => {
  const missing = requires.map(
    ({ module, names }) =>
      `console.log(${JSON.stringify(names)}.filter((name) => typeof require('${module}')[name] !== 'function').join());`,
  );
  const printed = execFileSync(process.execPath, ['-e', missing.join('\n')], { cwd: root, encoding: 'utf8' });

  expect(printed.trim()).toBe('');
});
