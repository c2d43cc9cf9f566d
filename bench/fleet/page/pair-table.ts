import type { Table } from '../../page/table.js';
import type { FleetResult } from '../result.js';
import type { Pair } from './pair.js';

/** A column of a table: its head, and the cell of a result. */
export type Column = readonly [head: string, cell: (result: FleetResult) => string];

export interface PairTable extends Pick<Table, 'title' | 'how' | 'notes'> {
  readonly pairs: readonly Pair[];
  readonly columns: readonly Column[];
}

/** Two rows for each scenario: with the restraint, and below it without. */
export function pairTable({ pairs, columns, ...table }: PairTable): Table {
  const row = (name: string, result: FleetResult): string[] => [
    name,
    ...columns.map(([, cell]) => cell(result)),
  ];
  return {
    ...table,
    head: ['scenario', ...columns.map(([head]) => head)],
    rows: pairs.flatMap(({ scenario, restrained, unrestrained }) => [
      row(`**${scenario}**`, restrained),
      row('without restraint', unrestrained),
    ]),
  };
}
