import type { ResultField } from '@aws-sdk/client-cloudwatch-logs';

/** A row of a result: values by column. All are texts, as the service has them. */
export type ResultRow = ReadonlyMap<string, string>;

/** The pointer to an event, which the service adds to each row that stands for one. */
export const POINTER = '@ptr';

export function resultRow(fields: readonly ResultField[], isPointerWanted: boolean): ResultRow {
  const all = fields.map(({ field = '', value = '' }) => [field, value] as const);
  return new Map(all.filter(([field]) => isPointerWanted || field !== POINTER));
}

/** The columns of all rows, in the order in which the rows have them. A row lacks those without a value. */
export function columnsOf(rows: readonly ResultRow[]): string[] {
  const columns: string[] = [];
  const known = new Set<string>();
  for (const row of rows) {
    let previous: string | undefined;
    for (const column of row.keys()) {
      if (!known.has(column)) {
        known.add(column);
        columns.splice(previous === undefined ? 0 : columns.indexOf(previous) + 1, 0, column);
      }
      previous = column;
    }
  }
  return columns;
}
