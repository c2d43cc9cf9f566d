import type { Table } from '../../page/table.js';
import { ratio, seconds } from './cell.js';
import type { Pair } from './pair.js';
import { pairTable } from './pair-table.js';

export function delayTable(pairs: readonly Pair[]): Table {
  return pairTable({
    title: 'Delay of an event',
    how: 'Seconds from the log call until the service has stored the event. Fairness: the mean delay of the median writer, of the writer at p99 (one of a hundred is slower), and how many times as long the latter is.',
    pairs,
    columns: [
      ['p50', ({ delayMs }) => seconds(delayMs.p50)],
      ['p99', ({ delayMs }) => seconds(delayMs.p99)],
      ['max', ({ delayMs }) => seconds(delayMs.max)],
      ['median writer', ({ writerDelayMs }) => seconds(writerDelayMs.p50)],
      ['p99 writer', ({ writerDelayMs }) => seconds(writerDelayMs.p99)],
      ['p99 ÷ median', ({ writerDelayMs: { p50, p99 } }) => ratio(p99 / p50)],
    ],
  });
}
