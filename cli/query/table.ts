import type { Paint } from '../terminal/colours.js';
import { safeLine } from '../terminal/safe-text.js';
import { columnsOf, type ResultRow } from './result-row.js';

export interface TableOptions {
  readonly paint: Paint;
  /** Columns of the terminal, into which the table has to fit. Default: it may be as wide as its cells. */
  readonly width?: number | undefined;
}

interface Column {
  readonly name: string;
  readonly cells: readonly string[];
  readonly isNumeric: boolean;
  width: number;
}

const GAP = '  ';
/** No line below the head is longer, however long a message is. */
const MOST_RULE = 40;
/** No column becomes narrower for others to fit. */
const LEAST_WIDTH = 8;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** A fraction that people do not read to its end. A number of more digits before the point cannot be computed with. */
const LONG_FRACTION = /^-?\d{1,12}\.\d{5,}$/;
const DIGITS = 4;

/** The rows as a table: numbers on the right, rounded, and cells cut that are too long for a terminal. */
export function tableText(rows: readonly ResultRow[], { paint, width }: TableOptions): string {
  const columns = columnsOf(rows).map((name) => columnOf(name, rows));
  if (width !== undefined) narrow(columns, width);
  const head = lineOf(columns, ({ name }) => safeLine(name));
  const rule = lineOf(columns, ({ name, width: cells }) =>
    '-'.repeat(Math.min(cells, Math.max(MOST_RULE, lengthOf(name)))),
  );
  const lines = rows.map((_, index) => lineOf(columns, ({ cells }) => cells[index]!));
  return [paint('bold', head), paint('dim', rule), ...lines].map((line) => `${line}\n`).join('');
}

function columnOf(name: string, rows: readonly ResultRow[]): Column {
  const values = rows.map((row) => row.get(name));
  const isNumeric = values.every((value) => value === undefined || NUMBER.test(value));
  const cells = values.map((value = '') => safeLine(isNumeric ? rounded(value) : value));
  let width = lengthOf(safeLine(name));
  for (const cell of cells) width = Math.max(width, lengthOf(cell));
  return { name, cells, isNumeric, width };
}

/** Four decimals, or as many that four digits are left of a number below 1. */
function rounded(text: string): string {
  if (!LONG_FRACTION.test(text)) return text;
  const number = Number(text);
  const decimals = Math.abs(number) >= 1 ? DIGITS : DIGITS - 1 - Math.floor(Math.log10(Math.abs(number)));
  return number === 0 ? '0' : String(Number(number.toFixed(Math.min(decimals, 100))));
}

/** The widest column gives way, until all fit or are narrow. */
function narrow(columns: readonly Column[], width: number): void {
  let excess = columns.reduce((sum, column) => sum + column.width + GAP.length, -GAP.length) - width;
  while (excess > 0) {
    const [widest, next] = columns.toSorted((left, right) => right.width - left.width);
    if (widest === undefined || widest.width <= LEAST_WIDTH) return;
    const target = Math.max(LEAST_WIDTH, widest.width - excess, Math.min(next?.width ?? 0, widest.width - 1));
    excess -= widest.width - target;
    widest.width = target;
  }
}

function lineOf(columns: readonly Column[], textOf: (column: Column) => string): string {
  return columns
    .map((column) => padded(textOf(column), column))
    .join(GAP)
    .trimEnd();
}

function padded(text: string, { width, isNumeric }: Column): string {
  const length = lengthOf(text);
  const shown =
    length > width
      ? `${Array.from(text)
          .slice(0, width - 1)
          .join('')}…`
      : text;
  const space = ' '.repeat(Math.max(0, width - length));
  return isNumeric ? space + shown : shown + space;
}

function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
