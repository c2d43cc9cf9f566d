import { evidencePage, type EvidencePage } from '../../support/evidence-page.js';
import type { Cell } from './cell.js';

/** How often an event was found in each place. */
export interface Counts {
  readonly logged: number;
  readonly delivered: number;
  readonly spooled: number;
  readonly onStderr: number;
  /** Found nowhere, and counted by the ledger. */
  readonly dropped: number;
  /** Found nowhere and not counted. */
  readonly lost: number;
}

export const EXIT_PAGE = 'docs/evidence/exits.md';

const TEXT = ['how the program ends', 'sink', 'spool', 'service', 'exit status or signal'];
const NUMBERS = ['logged', 'delivered', 'spooled', 'on stderr', 'dropped', 'lost'];

/** The page with the matrix in it, and the page as it is. Services that make no difference share a row. */
export function exitPage(results: readonly (readonly [Cell, Counts])[]): EvidencePage {
  const rows = new Map<string, { before: string[]; services: string[]; after: string[] }>();
  for (const [{ ending, mode, spool, service }, counts] of results) {
    const before = [ending.name, mode.name, spool.name];
    const after = [String(ending.by), ...numbersOf(counts)];
    const key = JSON.stringify([before, after]);
    const row = rows.get(key) ?? { before, services: [], after };
    row.services.push(service);
    rows.set(key, row);
  }
  const cells = [...rows.values()].map(({ before, services, after }) => [
    ...before,
    services.join(', '),
    ...after,
  ]);
  return evidencePage(EXIT_PAGE, 'exits', [...TEXT, ...NUMBERS], cells, TEXT.length);
}

function numbersOf({ logged, delivered, spooled, onStderr, dropped, lost }: Counts): string[] {
  return [logged, delivered, spooled, onStderr, dropped, lost].map((count) => count.toLocaleString('en-US'));
}
