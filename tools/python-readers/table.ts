import { markdownTable } from '../docs/markdown-table.js';
import { type Compared, type Variant, variants } from './comparison.js';
import type { Seen } from './reader.js';
import { shownBy } from './verdict.js';

const TITLES: Readonly<Record<string, string>> = {
  nodejs: 'Variables for Node.js alone, which is the default',
  'nodejs,python': "Variables for both: `readers: ['nodejs', 'python']`",
  python: "Variables for Python alone: `readers: ['python']`",
};

const LANGUAGES = { nodejs: 'Node.js', python: 'Python' } as const;

/** The generated part of the page, with the version that was run. */
export function readersTables(version: string, compared: readonly Compared[]): string {
  const parts = variants.map((variant) => {
    const rows = compared.filter((each) => each.variant === variant).map(row);
    return `## ${TITLES[variant.readers.join()]}\n\n${markdownTable(headOf(variant), rows)}`;
  });
  return [`fapilog ${version}`, ...parts].join('\n\n');
}

function headOf({ languages }: Variant): string[] {
  const stored = languages.map((language) => `stored by ${LANGUAGES[language]}`);
  return ['binding', 'should be stored', ...stored, 'in clear, and should be hidden', 'known beforehand'];
}

function row({ binding, expected, seen, harms }: Compared): string[] {
  const shown = seen.flatMap((each) => shownBy(each, expected));
  return [
    binding,
    String(expected.stored),
    ...seen.map(storedBy),
    [...new Set(shown)].join(', '),
    harms.join('; '),
  ];
}

function storedBy({ stored, exitStatus }: Seen): string {
  return exitStatus === 0 ? String(stored) : `${stored}, exit status ${exitStatus}`;
}
