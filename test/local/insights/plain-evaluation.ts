import type { QueriedEvent } from '../../../local/insights/query/queried-event.js';
import type { Column, Command, ParseCommand } from '../../../local/insights/query/query.js';
import { evaluate } from './plain-expression.js';
import { natural, type Plain, type PlainRow, rowOf, text, truth } from './plain-values.js';

function parse({ source, pattern }: ParseCommand, row: PlainRow): void {
  const value = evaluate(source, row);
  const escape = (part: string): string => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const glob =
    pattern.kind === 'glob'
      ? pattern.texts.map(escape).join('([^]*?)') + (pattern.texts.at(-1) === '' ? '$' : '')
      : '';
  const found =
    value === undefined
      ? null
      : (pattern.kind === 'glob' ? new RegExp(glob) : new RegExp(pattern.source)).exec(text(value));
  for (const [index, name] of pattern.names.entries())
    if (found?.[index + 1] !== undefined) row.values.set(name, found[index + 1]);
}

const compute = (columns: readonly Column[], row: PlainRow, group?: readonly PlainRow[]): void => {
  for (const { name, expression } of columns) row.values.set(name, evaluate(expression, row, group));
};

function grouped(rows: readonly PlainRow[], keysOf: (row: PlainRow) => Plain[]): PlainRow[][] {
  const groups = new Map<string, PlainRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(keysOf(row).map((value) => (value === undefined ? null : text(value))));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

function apply(command: Command, rows: readonly PlainRow[]): readonly PlainRow[] {
  switch (command.kind) {
    case 'fields':
    case 'display':
      for (const row of rows) compute(command.columns, row);
      return rows;
    case 'parse':
      for (const row of rows) parse(command, row);
      return rows;
    case 'filter':
    case 'filterIndex':
      return rows.filter((row) => truth(evaluate(command.condition, row)));
    case 'limit':
      return rows.slice(0, command.count);
    case 'dedup': {
      const keysOf = (row: PlainRow): Plain[] => command.fields.map((field) => evaluate(field, row));
      const firsts = new Set(grouped(rows, keysOf).map(([first]) => first));
      return rows.filter((row) => firsts.has(row) || keysOf(row).includes(undefined));
    }
    case 'sort': {
      return (isByTime(command) ? rows.toReversed() : rows).toSorted(
        (one, other) =>
          command.keys
            .map(
              (key) =>
                natural(evaluate(key.expression, one), evaluate(key.expression, other)) *
                (key.isDescending ? -1 : 1),
            )
            .find((order) => order !== 0) ?? 0,
      );
    }
    default:
      return grouped(rows, (row) => command.by.map(({ expression }) => evaluate(expression, row))).map(
        (group) => {
          const row: PlainRow = { event: undefined, values: new Map() };
          for (const { name, expression } of command.by)
            row.values.set(name, evaluate(expression, group[0]!));
          compute(command.aggregates, row, group);
          return row;
        },
      );
  }
}

function isByTime(command: Command): boolean {
  const [key] = command.kind === 'sort' ? command.keys : [];
  return key?.expression.kind === 'field' && key.expression.name === '@timestamp' && !key.isDescending;
}

/** Whether a `sort` does nothing: a `stats` or a `sort` by rising time follows, and no `limit` or `dedup` before it. */
function isIdle(command: Command, later: readonly Command[]): boolean {
  const next = later.find((other) => ['limit', 'dedup', 'stats'].includes(other.kind) || isByTime(other));
  return command.kind === 'sort' && (next?.kind === 'stats' || next?.kind === 'sort');
}

/** The rows of a query, as texts of the columns that a row has. */
export function plainRows(
  commands: readonly Command[],
  events: readonly QueriedEvent[],
  columns: readonly string[],
): [string, string][][] {
  const useful = commands.filter((command, index) => !isIdle(command, commands.slice(index + 1)));
  const rows = useful.reduce(
    (left, command) => apply(command, left),
    events.map((event) => rowOf(event)) as readonly PlainRow[],
  );
  return rows.map(({ event, values }) => [
    ...columns
      .filter((column) => values.get(column) !== undefined)
      .map((column): [string, string] => [column, text(values.get(column))]),
    ...(event === undefined ? [] : [['@ptr', event.ptr] as [string, string]]),
  ]);
}
