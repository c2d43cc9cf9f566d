import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandReaders } from '../../local/insights/language/commands.js';
import { functions, missingFunctions } from '../../local/insights/language/functions.js';
import { missingCommands } from '../../local/insights/language/missing-commands.js';
import { parseQuery } from '../../local/insights/parse-query.js';
import { root } from '../support/imports.js';

const page = readFileSync(join(root, 'docs/insights.md'), 'utf8');

/** Words in code, in lower case. */
const words = new Set(
  [...page.matchAll(/`([^`\n]+)`/g)].flatMap(([, code]) => code!.toLowerCase().match(/[a-z]\w*/g) ?? []),
);

it.each([
  ['commands', Object.keys(commandReaders)],
  ['functions', [...functions.keys()]],
  ['commands that the server does not have', [...missingCommands.keys()]],
  ['functions that it does not have', [...missingFunctions.keys()]],
])('the page of queries names all %s', (_what, names) => {
  expect(names.filter((name) => !words.has(name))).toEqual([]);
});

const examples = [
  ...[...page.matchAll(/^```text\n(.*?)^```$/gms)].map(([, query]) => query!),
  ...[...page.matchAll(/^\| `\w+` \| `([^`]+)` \|/gm)].map(([, query]) => query!),
];

it('has an example of each command', () => {
  const kinds = examples.flatMap((query) => parseQuery(query).commands.map(({ kind }) => kind.toLowerCase()));
  expect([...new Set(kinds)].toSorted()).toEqual(Object.keys(commandReaders).toSorted());
});
