import { number } from '../../page/figure.js';
import type { Table } from '../../page/table.js';
import { NONE, ratio } from './cell.js';
import type { Pair } from './pair.js';
import { pairTable } from './pair-table.js';
import { recoveryRatio } from './recovery-ratio.js';

export function recoveryTable(pairs: readonly Pair[]): Table {
  return pairTable({
    title: 'Return after an outage',
    how: 'Seconds from the end of the outage until every event has arrived that was logged before it. Calls of the backlog: those in which these events arrived. At least: the time in which the quota, less what the neighbour uses, has room for these calls.',
    pairs: pairs.filter(({ restrained }) => restrained.recovery),
    columns: [
      ['calls of the backlog', ({ recovery }) => (recovery ? number(recovery.backlogCalls) : NONE)],
      ['at least', ({ recovery }) => (recovery ? number(recovery.minimumSeconds, 1) : NONE)],
      ['recovered after', ({ recovery }) => recoveredAfter(recovery?.seconds)],
      ['times the least', (result) => ratioText(recoveryRatio(result))],
    ],
  });
}

function recoveredAfter(seconds: number | null | undefined): string {
  if (seconds === undefined) return NONE;
  // Infinity is null in JSON.
  return seconds === null || !Number.isFinite(seconds) ? 'not at all' : number(seconds);
}

function ratioText(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? NONE : ratio(value);
}
