import type { SpoolSample } from '../measure/spool.js';
import { number } from './figure.js';
import type { Table } from './table.js';

export function spoolTable(samples: readonly SpoolSample[], seconds: number): Table {
  return {
    title: 'The spool and the event loop',
    how: `10,000 events/s for ${seconds} seconds after one of warm-up, one case after the other on the same directory. Late is a timer of one millisecond, which other programs of the machine delay, too; work is the processor time that the thread took for one turn of the loop, log calls and delivery included.`,
    head: [
      'the spool',
      'late p99 ms',
      'late max ms',
      'work p99 ms',
      'work max ms',
      'MiB on disk',
      'adopted',
      'dropped',
    ],
    rows: samples.map(({ name, lateMs, workMs, spoolBytes, adopted, dropped }) => [
      name,
      number(lateMs.p99, 1),
      number(lateMs.max, 1),
      number(workMs.p99, 1),
      number(workMs.max, 1),
      number(spoolBytes / 1_048_576, 1),
      number(adopted, 0),
      number(dropped, 0),
    ]),
  };
}
