import type { InsightsAnswer } from '../../answers.js';

/** Numbers of one colour. */
export interface Series {
  readonly name: string;
  /** One for each place on the other axis; undefined where there is none. */
  readonly values: readonly (number | undefined)[];
}

/** What can be drawn of a result: lines over time, or bars of categories. */
export type Chart =
  | {
      readonly kind: 'lines';
      /** In ms since 1970, each one later than the one before. */
      readonly times: readonly number[];
      readonly series: readonly Series[];
      readonly seriesLeftOut: number;
    }
  | {
      readonly kind: 'bars';
      readonly categories: readonly string[];
      readonly series: readonly Series[];
      readonly categoriesLeftOut: number;
    };

/** Colours that the page has, and bars that one can still tell apart. */
export const MOST_SERIES = 8;
export const MOST_CATEGORIES = 20;

/** Stands between the values of a row that name one series or category. */
const SEPARATOR = ' · ';

/** How Logs Insights writes times, which are UTC. */
const TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,3})?)$/;
/** A number without `0x`, blanks and the like. */
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** `latest(@timestamp)` is a number that is a time: 2001 to 2096. */
const EPOCH_MS = { from: 1e12, to: 4e12 };

type Rows = InsightsAnswer['rows'];

/** A chart of a result of `stats` that has a time, or a text, beside its numbers; undefined of any other. */
export function chartOf({ columns, rows }: Pick<InsightsAnswer, 'columns' | 'rows'>): Chart | undefined {
  if (rows.length === 0 || rows.some(({ ptr }) => ptr !== undefined)) return undefined;
  const kinds = columns.map((_, at) => kindOf(rows, at));
  const placesOf = (kind: Kind): number[] => kinds.flatMap((each, at) => (each === kind ? [at] : []));
  const [numbers, texts, [time]] = [placesOf('number'), placesOf('text'), placesOf('time')];
  if (numbers.length === 0) return undefined;
  if (time !== undefined) return lines({ columns, rows, time, texts, numbers });
  return texts.length === 0 ? undefined : bars({ columns, rows, texts, numbers });
}

type Kind = 'number' | 'time' | 'text' | 'none';

function kindOf(rows: Rows, at: number): Kind {
  const values = rows.map(({ cells }) => cells[at] ?? null).filter((value) => value !== null);
  if (values.length === 0) return 'none';
  if (values.every((value) => timeIn(value) !== undefined)) return 'time';
  if (!values.every((value) => NUMBER.test(value))) return 'text';
  return values.every((value) => isEpoch(Number(value))) ? 'none' : 'number';
}

function isEpoch(value: number): boolean {
  return Number.isInteger(value) && value >= EPOCH_MS.from && value <= EPOCH_MS.to;
}

/** The time in ms since 1970 of a text of Logs Insights; undefined of any other text. */
export function timeIn(text: string): number | undefined {
  const [, date, time] = TIME.exec(text) ?? [];
  const ms = date === undefined ? Number.NaN : Date.parse(`${date}T${time!}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

interface Places {
  readonly columns: readonly string[];
  readonly rows: Rows;
  readonly texts: readonly number[];
  readonly numbers: readonly number[];
}

/** A line for each column of numbers, or for each text that the rows of one time have. */
function lines(places: Places & { readonly time: number }): Chart {
  const { rows, time, texts } = places;
  const rowTimes = rows.map(({ cells }) => timeIn(cells[time] ?? ''));
  const times = [...new Set(rowTimes.filter((each) => each !== undefined))].toSorted((a, b) => a - b);
  const found = seriesOf(places, rowTimes, times);
  const shown = texts.length === 0 ? found : found.toSorted((one, other) => sumOf(other) - sumOf(one));
  return {
    kind: 'lines',
    times,
    series: shown.slice(0, MOST_SERIES),
    seriesLeftOut: Math.max(0, shown.length - MOST_SERIES),
  };
}

function seriesOf(
  { columns, rows, texts, numbers }: Places,
  rowTimes: readonly (number | undefined)[],
  times: readonly number[],
): Series[] {
  const places = new Map(times.map((ms, place) => [ms, place]));
  const found = new Map<string, (number | undefined)[]>();
  for (const [index, row] of rows.entries()) {
    const place = places.get(rowTimes[index] ?? Number.NaN);
    if (place === undefined) continue;
    for (const [name, value] of namedNumbers(row, columns, texts, numbers)) {
      const values = found.get(name) ?? times.map(() => undefined);
      found.set(name, values);
      values[place] = value;
    }
  }
  return Array.from(found, ([name, values]) => ({ name, values }));
}

/** The numbers of a row by the names of their series. */
function namedNumbers(
  row: Rows[number],
  columns: readonly string[],
  texts: readonly number[],
  numbers: readonly number[],
): (readonly [string, number | undefined])[] {
  const text = textOf(row, texts);
  return numbers.map((at) => {
    const names = texts.length === 0 ? [columns[at]!] : numbers.length === 1 ? [text] : [text, columns[at]!];
    return [names.join(SEPARATOR), numberAt(row, at)];
  });
}

function sumOf({ values }: Series): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** A group of bars for each row, one for each column of numbers. */
function bars({ columns, rows, texts, numbers }: Places): Chart {
  const shown = rows.slice(0, MOST_CATEGORIES);
  return {
    kind: 'bars',
    categories: shown.map((row) => textOf(row, texts)),
    series: numbers.slice(0, MOST_SERIES).map((at) => ({
      name: columns[at]!,
      values: shown.map((row) => numberAt(row, at)),
    })),
    categoriesLeftOut: rows.length - shown.length,
  };
}

function textOf({ cells }: Rows[number], texts: readonly number[]): string {
  return texts.map((at) => cells[at] ?? '–').join(SEPARATOR);
}

function numberAt({ cells }: Rows[number], at: number): number | undefined {
  const text = cells[at] ?? null;
  return text === null ? undefined : Number(text);
}
