import type { QueriedEvent } from '../../../local/insights/query/queried-event.js';
import type { Column, Command, Expression, ParseCommand } from '../../../local/insights/query/query.js';

/** Queries as one would write them who has all events at hand, and no care for memory or time: the judge of the engine. */
type Plain = string | number | boolean | Date | undefined;

interface PlainRow {
  readonly event: QueriedEvent | undefined;
  readonly values: Map<string, Plain>;
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const number = (value: Plain): number =>
  typeof value === 'string'
    ? NUMBER.test(value)
      ? Number(value)
      : NaN
    : value === undefined
      ? NaN
      : Number(value);
const text = (value: Plain): string =>
  value instanceof Date ? value.toISOString().replace('T', ' ').replace('Z', '') : String(value);
const orAbsent = (value: number): Plain => (Number.isFinite(value) ? value : undefined);
const isNumeric = (value: Plain): boolean => !Number.isNaN(number(value));

/** Fields of JSON by their paths. */
function flat(value: unknown, path: string, into: Map<string, Plain>): Map<string, Plain> {
  if (typeof value !== 'object') into.set(path, value as Plain);
  else
    for (const [name, member] of Object.entries(value ?? {}))
      flat(member, path === '' ? name : `${path}.${name}`, into);
  return into;
}

function rowOf(event: QueriedEvent): PlainRow {
  const json = event.message.startsWith('{') ? (JSON.parse(event.message) as unknown) : {};
  const values = flat(json, '', new Map());
  values.set('@timestamp', new Date(event.timestamp)).set('@ingestionTime', new Date(event.ingestionTime));
  values.set('@message', event.message).set('@logStream', event.logStream).set('@log', event.log);
  return { event, values: values.set('@ptr', event.ptr) };
}

function equal(one: Plain, other: Plain): boolean {
  if (one === undefined || other === undefined) return false;
  const withNumber = [one, other].some((value) => typeof value === 'number' || value instanceof Date);
  if (withNumber && isNumeric(one) && isNumeric(other)) return number(one) === number(other);
  return text(one) === text(other);
}

function difference(one: Plain, other: Plain): number {
  if (one === undefined || other === undefined) return NaN;
  if (isNumeric(one) && isNumeric(other)) return number(one) - number(other);
  return text(one) === text(other) ? 0 : text(one) < text(other) ? -1 : 1;
}

/** Rank of kinds, then order within a kind. */
export function natural(one: Plain, other: Plain): number {
  const rank = (value: Plain): number =>
    value === undefined ? 0 : typeof value !== 'boolean' && isNumeric(value) ? 2 : 1;
  if (rank(one) !== rank(other)) return rank(one) - rank(other);
  if (rank(one) === 0) return 0;
  const letters = text(one) === text(other) ? 0 : text(one) < text(other) ? -1 : 1;
  if (rank(one) === 2) return number(one) - number(other) || letters;
  // Numbers in texts get their length in front, so that the order of characters is the natural one.
  const key = (value: Plain): string =>
    text(value).replaceAll(/\d+/g, (digits) => `0${String.fromCharCode(0x20 + digits.length)}${digits}`);
  return key(one) === key(other) ? 0 : key(one) < key(other) ? -1 : 1;
}

const truth = (value: Plain): boolean => value === 'true' || (isNumeric(value) && number(value) !== 0);

function call(name: string, [a, b, c]: Plain[], row: PlainRow): Plain {
  const minutes = (ms: Plain, of: Plain): Plain =>
    isNumeric(ms)
      ? new Date(Math.floor(number(ms) / (60_000 * parseInt(text(of), 10))) * 60_000 * parseInt(text(of), 10))
      : undefined;
  switch (name) {
    case 'ispresent':
      return a === undefined ? 0 : 1;
    case 'isempty':
      return a === undefined || a === '' ? 1 : 0;
    case 'isblank':
      return a === undefined || text(a).trim() === '' ? 1 : 0;
    case 'coalesce':
      return [a, b, c].find((value) => value !== undefined);
    case 'concat':
      return [a, b, c].map((value) => (value === undefined ? '' : text(value))).join('');
    case 'strlen':
      return a === undefined ? undefined : [...text(a)].length;
    case 'toupper':
      return a === undefined ? undefined : text(a).toUpperCase();
    case 'trim':
      return a === undefined ? undefined : text(a).trim();
    case 'substr':
      return a === undefined ? undefined : text(a).substring(number(b), number(b) + number(c));
    case 'replace':
      return a === undefined ? undefined : text(a).split(text(b)).join(text(c));
    case 'strcontains':
      return a !== undefined && b !== undefined && text(a).includes(text(b)) ? 1 : 0;
    case 'abs':
      return orAbsent(Math.abs(number(a)));
    case 'floor':
      return orAbsent(Math.floor(number(a)));
    case 'greatest':
      return orAbsent(Math.max(...[a, b, c].filter(isNumeric).map(number)));
    case 'if':
      return truth(a) ? b : c;
    case 'tomillis':
      return orAbsent(number(a));
    case 'frommillis':
      return isNumeric(a) && Math.abs(number(a)) < 8e15 ? new Date(Math.trunc(number(a))) : undefined;
    case 'bin':
      return minutes(row.values.get('@timestamp'), a);
    case 'datefloor':
      return isNumeric(a) && Math.abs(number(a)) < 8e15 ? minutes(a, b) : undefined;
    default:
      throw new Error(name);
  }
}

function evaluate(expression: Expression, row: PlainRow, group: readonly PlainRow[] = []): Plain {
  const of = (part: Expression): Plain => evaluate(part, row, group);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'field':
      return row.values.get(expression.name);
    case 'negate':
      return orAbsent(-number(of(expression.operand)));
    case 'not':
      return truth(of(expression.operand)) ? 0 : 1;
    case 'in':
      return expression.options.some((option) => equal(of(expression.operand), of(option))) ? 1 : 0;
    case 'call':
      return call(expression.name, expression.arguments.map(of), row);
    case 'aggregate':
      return aggregate(expression.name, expression.arguments, group);
    case 'like': {
      const value = of(expression.operand);
      const { kind, text: pattern } = expression.pattern;
      if (value === undefined) return 0;
      return (kind === 'text' ? text(value).includes(pattern) : new RegExp(pattern).test(text(value)))
        ? 1
        : 0;
    }
    case 'binary':
      return binary(expression.operator, of(expression.left), of(expression.right));
  }
}

function binary(operator: string, left: Plain, right: Plain): Plain {
  const [a, b] = [number(left), number(right)];
  switch (operator) {
    case '+':
      return orAbsent(a + b);
    case '-':
      return orAbsent(a - b);
    case '*':
      return orAbsent(a * b);
    case '/':
      return orAbsent(a / b);
    case '%':
      return orAbsent(a % b);
    // A number to the power of 0 is 1, even of one that is absent.
    case '^':
      return Number.isNaN(a) ? undefined : orAbsent(a ** b);
    case '=':
      return Number(equal(left, right));
    case '!=':
      return Number(!equal(left, right));
    case '<':
      return Number(difference(left, right) < 0);
    case '<=':
      return Number(difference(left, right) <= 0);
    case '>':
      return Number(difference(left, right) > 0);
    case '>=':
      return Number(difference(left, right) >= 0);
    case 'and':
      return Number(truth(left) && truth(right));
    default:
      return Number(truth(left) || truth(right));
  }
}

function aggregate(name: string, [of, percent]: readonly Expression[], group: readonly PlainRow[]): Plain {
  if (of === undefined) return group.length;
  const rows = group.filter((row) => evaluate(of, row) !== undefined);
  const values = rows.map((row) => evaluate(of, row));
  const sorted = values
    .filter(isNumeric)
    .map(number)
    .toSorted((one, other) => one - other);
  const sum =
    sorted.length === 0
      ? NaN
      : values.filter(isNumeric).reduce<number>((total, value) => total + number(value), 0);
  const mean = sum / sorted.length;
  const inOrder = values.toSorted(natural);
  const numeric = inOrder
    .filter((value) => isNumeric(value))
    .toSorted((one, other) => number(one) - number(other));
  const asNumber = (value: Plain): Plain =>
    value instanceof Date || !isNumeric(value) ? value : number(value);
  const byTime = rows
    .toReversed()
    .toSorted((one, other) => (one.event?.timestamp ?? 0) - (other.event?.timestamp ?? 0));
  switch (name) {
    case 'count':
      return values.length;
    case 'count_distinct':
      return new Set(values.map(text)).size;
    case 'sum':
      return orAbsent(sum);
    case 'avg':
      return orAbsent(mean);
    case 'min':
      return asNumber(numeric[0] ?? inOrder[0]);
    case 'max':
      return asNumber(numeric.at(-1) ?? inOrder.at(-1));
    case 'median':
      return sorted.length === 0
        ? undefined
        : (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
    case 'pct':
      return sorted.find(
        (_, index) => ((index + 1) / sorted.length) * 100 >= number(evaluate(percent!, group[0]!)),
      );
    case 'earliest':
      return byTime[0] && evaluate(of, byTime[0]);
    case 'latest':
      return byTime.at(-1) && evaluate(of, byTime.at(-1)!);
    case 'sortsfirst':
      return inOrder[0];
    default:
      return inOrder.at(-1);
  }
}

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
    case 'stats':
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
