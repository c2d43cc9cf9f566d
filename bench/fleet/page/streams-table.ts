import { number } from '../../page/figure.js';
import type { Table } from '../../page/table.js';
import { NONE, ratio } from './cell.js';
import type { Pair } from './pair.js';
import { pairTable } from './pair-table.js';

/** Scenarios in which log streams were created. */
export function streamsTable(pairs: readonly Pair[]): Table {
  return pairTable({
    title: 'Creation of log streams',
    how: 'CreateLogStream calls, and how many seconds the creation of all takes at least.',
    pairs: pairs.filter(({ restrained }) => restrained.calls.CreateLogStream.accepted > 0),
    columns: [
      ['created', ({ calls }) => number(calls.CreateLogStream.accepted)],
      ['refused', ({ calls }) => number(calls.CreateLogStream.throttled)],
      [
        'refused for each created',
        ({ calls: { CreateLogStream: made } }) =>
          made.accepted === 0 ? NONE : ratio(made.throttled / made.accepted),
      ],
      ['least seconds', ({ writers, quotas }) => number(writers / quotas.CreateLogStream)],
    ],
  });
}
