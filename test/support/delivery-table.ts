import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withGeneratedPart } from '../../bin/docs/generated-part.js';
import { root } from './imports.js';

const PATH = join(root, 'docs/delivery.md');
const COLUMNS = [
  'what goes wrong',
  'logged',
  'delivered',
  'rejected',
  'diverted',
  'dropped',
  'lost',
  'stored twice',
  'ledger',
];

/** The page with the rows in its table of faults, and the page as it is. */
export function deliveryPage(rows: readonly (readonly string[])[]): { fresh: string; found: string } {
  return deliveryPageWith('faults', COLUMNS, rows);
}

/** The page with these rows in one of its tables, whose first `textColumns` columns are text, and the page as it is. */
export function deliveryPageWith(
  part: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  textColumns = 1,
): { fresh: string; found: string } {
  const found = readFileSync(PATH, 'utf8');
  const table = [columns, columns.map((_, index) => (index < textColumns ? '---' : '--:')), ...rows];
  const text = table.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return { fresh: withGeneratedPart(found, part, text), found };
}

export function writeDeliveryPage(page: string): void {
  writeFileSync(PATH, page);
}
