import type { Table } from '../../page/table.js';
import { number } from '../../page/figure.js';
import { share, sum } from './cell.js';
import type { Pair } from './pair.js';
import { pairTable } from './pair-table.js';

/** Scenarios in which something flushes. */
export function flushTable(pairs: readonly Pair[]): Table {
  return pairTable({
    title: 'Flush on Lambda',
    how: 'Milliseconds for which an invocation waits for its lines, and the share of the events that went to stderr, from where Lambda delivers them. `flushMs` is 200. The invocations make four times the calls of the quota, so that three of four cannot deliver, whatever they do; what the restraint saves is their time, and the neighbour.',
    pairs: pairs.filter(({ restrained }) => restrained.flushMs),
    columns: [
      ['p50', ({ flushMs }) => number(flushMs!.p50)],
      ['p99', ({ flushMs }) => number(flushMs!.p99)],
      ['max', ({ flushMs }) => number(flushMs!.max)],
      ['to stderr', ({ diverted, logged }) => share(sum(diverted) / logged)],
    ],
  });
}
