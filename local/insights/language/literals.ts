import { type QueryReader, shown } from './query-reader.js';

const NUMBER = /-?\d+(?:\.\d+)?/y;
const NO_NUMBER = /-?(?:\d[\w.]*|\.\d[\w.]*)/y;
const STRING = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/y;
const ESCAPE = /\\([^])/g;
const PERIOD = /(\d+)([A-Za-z]+)(?![\w@.])/y;

/** An escaped quote is reported, the others are assumed. */
const ESCAPED: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  n: '\n',
  t: '\t',
  r: '\r',
};

/** Whether a number comes next, with its sign. */
export function isAtNumber(reader: QueryReader): boolean {
  return reader.peek(NO_NUMBER) !== undefined;
}

/** Reads a whole or a decimal number (documented by examples). No exponent is documented. */
export function readNumber(reader: QueryReader): number {
  const start = reader.start;
  const written = reader.peek(NO_NUMBER)![0];
  if (written !== reader.peek(NUMBER)?.[0]) {
    reader.take(NO_NUMBER);
    throw reader.refusalFrom(start, 'a number has digits, and digits behind a point. A text goes in quotes.');
  }
  const value = Number(reader.take(NUMBER)![0]);
  if (Number.isSafeInteger(Math.trunc(value))) return value;
  throw reader.refusalFrom(start, 'this number is too large to be compared exactly. A text goes in quotes.');
}

export function isAtString(reader: QueryReader): boolean {
  return reader.peek(/["']/y) !== undefined;
}

/** Reads a text in single or double quotes. */
export function readString(reader: QueryReader): string {
  const start = reader.start;
  const quoted = reader.take(STRING)?.[0];
  if (quoted === undefined) throw unfinishedString(reader, start);
  return quoted.slice(1, -1).replace(ESCAPE, (escape, character: string) => {
    const plain = ESCAPED[character];
    if (plain !== undefined) return plain;
    throw reader.refusalFrom(
      start,
      `${shown(escape)} is no escape of a text. It has \\" \\' \\\\ \\n \\t \\r; a backslash itself is \\\\.`,
    );
  });
}

function unfinishedString(reader: QueryReader, start: number) {
  const quote = reader.text[start]!;
  reader.take(/["'][^]*/y);
  return reader.refusalFrom(start, `this text is not closed. It ends with ${quote}.`);
}

/** Units of a period, the shortest name first. All are documented, and so is an s behind names of more than one character. */
const UNITS = [
  ['ms', 'msec', 'millisecond'],
  ['s', 'sec', 'second'],
  ['m', 'min', 'minute'],
  ['h', 'hr', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['mo', 'mon', 'month'],
  ['q', 'qtr', 'quarter'],
  ['y', 'yr', 'year'],
] as const;

const units: ReadonlyMap<string, string> = new Map(
  UNITS.flatMap((names) =>
    names.flatMap((name) => [name, ...(name.length > 1 ? [`${name}s`] : [])]).map((name) => [name, names[0]]),
  ),
);

/** Reads a period and gives it with the shortest name of its unit: `5m` of `5mins`. */
export function readPeriod(reader: QueryReader): string {
  const start = reader.start;
  const [, count, name] = reader.take(PERIOD) ?? [];
  if (count === undefined || name === undefined) throw reader.unexpected(`a period such as 5m or 1h`);
  const unit = units.get(name);
  if (unit !== undefined && Number(count) >= 1) return `${Number(count)}${unit}`;
  const allowed = UNITS.map((names) => names.join(' ')).join(', ');
  throw reader.refusalFrom(start, `a period is a whole number from 1 and a unit, one of ${allowed}.`);
}
