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

/** The page with the rows in its table, and the page as it is. */
export function deliveryPage(rows: readonly (readonly string[])[]): { fresh: string; found: string } {
  const found = readFileSync(PATH, 'utf8');
  const table = [COLUMNS, COLUMNS.map((_, index) => (index === 0 ? '---' : '--:')), ...rows];
  const text = table.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return { fresh: withGeneratedPart(found, 'faults', text), found };
}

export function writeDeliveryPage(page: string): void {
  writeFileSync(PATH, page);
}
