import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withGeneratedPart } from '../../tools/docs/generated-part.js';
import { root } from './imports.js';

/** A page as it should be and as it is. */
export interface EvidencePage {
  readonly path: string;
  readonly fresh: string;
  readonly found: string;
}

/** The page with these rows in one of its tables, whose first `textColumns` columns are text. */
export function evidencePage(
  page: string,
  part: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  textColumns = 1,
): EvidencePage {
  const path = join(root, page);
  const found = readFileSync(path, 'utf8');
  const table = [columns, columns.map((_, index) => (index < textColumns ? '---' : '--:')), ...rows];
  const text = table.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return { path, fresh: withGeneratedPart(found, part, text), found };
}

/** Compares the page with what the tests found, or writes it where UPDATE_DOCS is 1. */
export function expectUpToDate({ path, fresh, found }: EvidencePage): void {
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, fresh);
  else expect(found).toBe(fresh);
}
