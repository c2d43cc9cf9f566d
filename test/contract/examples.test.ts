import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvironment, variableName } from '../../contract/codec.js';
import { sections, type Section } from '../../contract/sections.js';
import { root } from '../support/imports.js';

const rows = Object.values<Section>(sections).flatMap((section) =>
  Object.entries(section.rows).map(([key, row]) => ({ name: variableName(section, key), row })),
);

/** The values that a sentence about what is allowed shows: those after “such as”, or all words of a list. */
function examplesIn(allowed: string): unknown[] {
  const words =
    /^(?:true or false|(?:one|a list of names out) of [^(]*?)(?=, in any case|, each once| \(|$)/.exec(
      allowed,
    );
  if (words) return words[0].replace(/^.* of /, '').split(/, | or /);
  const [, list = ''] = /such as (.*?)(?:, without .*|, or "none"| \(.*)?$/.exec(allowed) ?? [];
  const examples = list.match(/\[.*?\](?= or |$)|"[^"]*"|[^\s,]+/g) ?? [];
  return examples
    .filter((example) => example !== 'or')
    .map((example) => (example.startsWith('"') ? (JSON.parse(example) as string) : example));
}

/** Only these sentences have no value to show. */
const WITHOUT_EXAMPLE = /^(an integer|a number|1 to \d+|2 to \d+|the path of a|any text)/;

test.each(rows)('$name shows values that it takes', ({ row: { kind } }) => {
  const examples = examplesIn(kind.allowed);
  const also = /\(also ([^)]*)\)/.exec(kind.allowed)?.[1]?.split(', ') ?? [];

  expect(examples.length > 0 || WITHOUT_EXAMPLE.test(kind.allowed)).toBe(true);
  expect([...examples, ...also].filter((example) => kind.read(example) === undefined)).toEqual([]);
});

const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
const pages = [
  'README.md',
  ...inDocs.filter((page) => page.endsWith('.md')).map((page) => join('docs', page)),
];

/** `FAPILOG_CORE__SINKS=none` in a sentence, a shell or a file. */
const assignments = pages.flatMap((page) =>
  [
    ...readFileSync(join(root, page), 'utf8').matchAll(
      /\b(FAPILOG_[A-Z_]+)=(?:'([^']*)'|"([^"]*)"|([^\s`,;)]+))/g,
    ),
  ].map(([, name, ...values]) => [page, name!, values.find((value) => value !== undefined)!] as const),
);

test.each(assignments)('%s: %s=%s is read without a complaint', (_, name, value) => {
  expect(parseEnvironment({ [name]: value })).toMatchObject({ problems: [], notices: [] });
});

test('the documents have such values', () => {
  expect(assignments.length).toBeGreaterThan(8);
});
