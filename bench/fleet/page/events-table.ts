import { number } from '../../page/figure.js';
import type { Table } from '../../page/table.js';
import { byReason } from './cell.js';
import type { Pair } from './pair.js';
import { pairTable } from './pair-table.js';

export function eventsTable(pairs: readonly Pair[]): Table {
  return pairTable({
    title: 'What became of the events',
    how: 'Lost: neither stored nor in any counter. Diverted went to stderr, dropped is counted and reported; both with their reasons. Events that have waited for an hour (`maxBatchAge`) are given up. Stored twice: calls that failed although the service had stored them, one of ten in the first ten seconds of an outage.',
    pairs,
    columns: [
      ['logged', ({ logged }) => number(logged)],
      ['lost', ({ lost }) => number(lost)],
      ['delivered', ({ delivered }) => number(delivered)],
      ['diverted', ({ diverted }) => byReason(diverted)],
      ['dropped', ({ dropped }) => byReason(dropped)],
      ['stored twice', ({ repeated }) => number(repeated)],
    ],
  });
}
