import type { Expression } from '../../../local/insights/query/query.js';
import {
  difference,
  equal,
  isNumeric,
  natural,
  number,
  orAbsent,
  type Plain,
  type PlainRow,
  text,
  truth,
} from './plain-values.js';

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
      return a === undefined ? undefined : Array.from(text(a)).length;
    case 'toupper':
      return a === undefined ? undefined : text(a).toUpperCase();
    case 'trim':
      return a === undefined ? undefined : text(a).trim();
    case 'substr':
      return a === undefined
        ? undefined
        : Array.from(text(a))
            .slice(number(b), number(b) + number(c))
            .join('');
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

export function evaluate(expression: Expression, row: PlainRow, group: readonly PlainRow[] = []): Plain {
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
    default:
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
