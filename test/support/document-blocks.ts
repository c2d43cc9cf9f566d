import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { root } from './imports.js';

/** A block of code of a document. */
export interface Block {
  /** The document, as a path from the root. */
  readonly page: string;
  /** The heading above it, with a number where that has several of the language. */
  readonly title: string;
  readonly language: string;
  readonly code: string;
}

/** The documents with blocks that readers copy: reports of the public surface, in `docs/api`, have none. */
export function pages(): string[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const ofExamples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' });
  return [
    'README.md',
    ...inDocs
      .filter((path) => path.endsWith('.md') && !path.startsWith(`api${sep}`))
      .map((path) => join('docs', path)),
    ...ofExamples
      .filter((path) => path.endsWith('README.md') && !path.includes('node_modules'))
      .map((path) => join('examples', path)),
  ]
    .map((path) => path.split(sep).join('/'))
    .toSorted();
}

/** All blocks of the documents, in their order. */
export function blocks(): Block[] {
  return pages().flatMap((page) => blocksOf(page, readFileSync(join(root, page), 'utf8')));
}

export function blocksOf(page: string, text: string): Block[] {
  const parts = text.matchAll(
    /^#+ (?<heading>[^\n]*)$|^(?<indent> *)```(?<language>\w*)\n(?<code>.*?)^ *```$/gms,
  );
  const found: Block[] = [];
  const counts = new Map<string, number>();
  let above = '';
  for (const { groups } of parts) {
    const { heading, indent = '', language = '', code = '' } = groups!;
    if (heading !== undefined) {
      above = heading;
      continue;
    }
    const count = (counts.get(`${above} ${language}`) ?? 0) + 1;
    counts.set(`${above} ${language}`, count);
    const title = count === 1 ? above : `${above} (${count})`;
    found.push({ page, title, language, code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), '') });
  }
  return found;
}

/** The file that a block says to be, in its first line. */
export function fileOf({ code }: Block): string | undefined {
  return /^\/\/ (\S+\.[cm]?[jt]s)\n/.exec(code)?.[1];
}
