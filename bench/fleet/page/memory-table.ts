import { number } from '../../page/figure.js';
import type { Table } from '../../page/table.js';
import type { Pair } from './pair.js';
import { pairTable } from './pair-table.js';

export function memoryTable(pairs: readonly Pair[]): Table {
  return pairTable({
    title: 'Memory of a writer',
    how: 'The most heap and buffers that the process of the simulation had, looked at once a simulated minute after garbage was collected, divided by the number of writers, in kB; and the most events that wait, of a writer on average.',
    pairs,
    columns: [
      ['kB', ({ bytesPerWriter }) => number(bytesPerWriter / 1_000)],
      ['events waiting', ({ series }) => number(Math.max(...series.pendingPerWriter), 1)],
    ],
  });
}
