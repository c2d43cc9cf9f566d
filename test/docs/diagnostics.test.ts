import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, sourceFiles } from '../support/imports.js';

/** First parts of the codes that the table of docs/delivery.md explains. */
function documented(): string[] {
  const document = readFileSync(join(root, 'docs/delivery.md'), 'utf8');
  const [, table = ''] = /^\| code \| meaning \|\n(.*?)\n\n/ms.exec(document) ?? [];
  const cells = table.split('\n').map((row) => row.split('|')[1] ?? '');
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)/g)].map(([, code]) => code!));
}

/** First parts of the codes in calls of `report(code, message)`, or kept for one; a code may also be one of two, as in `${…}.reason`. */
function reported(): string[] {
  const calls = sourceFiles('runtime').flatMap(({ source }) => [
    ...source.matchAll(/\b#?report\(\s*(['`])(.+?)\1,/g),
    ...source.matchAll(/\bcode: (['`])([a-z].*?)\1/g),
  ]);
  return calls.flatMap(([, , code]) => {
    const choice = /^\$\{.*'(\w+)' : '(\w+)'\}/.exec(code!);
    return choice ? choice.slice(1) : [code!.split('.')[0]!];
  });
}

test('docs/delivery.md explains each code that is reported, and no other', () => {
  expect([...new Set(documented())].toSorted()).toEqual([...new Set(reported())].toSorted());
});
