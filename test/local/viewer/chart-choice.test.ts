import {
  chartOf,
  MOST_CATEGORIES,
  MOST_SERIES,
  timeIn,
} from '../../../local/viewer/client/insights/chart-choice.js';

const MINUTE_MS = 60_000;
const START_MS = Date.parse('2026-01-15T12:00:00Z');

function time(minutes: number): string {
  return new Date(START_MS + minutes * MINUTE_MS).toISOString().slice(0, -1).replace('T', ' ');
}

function rows(...cells: (string | null)[][]): { cells: (string | null)[] }[] {
  return cells.map((each) => ({ cells: each }));
}

test('a column of times and one of numbers are a line, the earliest time first', () => {
  const columns = ['bin(1m)', 'count(*)'];
  expect(chartOf({ columns, rows: rows([time(1), '5'], [time(0), '3'], [time(3), '0.5']) })).toEqual({
    kind: 'lines',
    times: [0, 1, 3].map((minutes) => START_MS + minutes * MINUTE_MS),
    series: [{ name: 'count(*)', values: [3, 5, 0.5] }],
    seriesLeftOut: 0,
  });
});

test('each text beside the time has a line of its own, the greatest first, with a gap where it has no row', () => {
  const columns = ['t', 'level', 'n'];
  const result = rows(
    [time(0), 'info', '3'],
    [time(0), 'error', '9'],
    [time(1), 'info', '4'],
    [time(1), null, '1'],
  );
  expect(chartOf({ columns, rows: result })).toMatchObject({
    kind: 'lines',
    series: [
      { name: 'error', values: [9, undefined] },
      { name: 'info', values: [3, 4] },
      { name: '–', values: [undefined, 1] },
    ],
  });
});

test('several numbers of several texts are named by both', () => {
  const columns = ['t', 'level', 'n', 'avg(ms)'];
  expect(chartOf({ columns, rows: rows([time(0), 'info', '3', '1.5']) })).toMatchObject({
    series: [{ name: 'info · n' }, { name: 'info · avg(ms)' }],
  });
});

test('no more lines than there are colours are drawn, and the rest is counted', () => {
  const result = rows(...Array.from({ length: MOST_SERIES + 3 }, (_, at) => [time(0), `s${at}`, String(at)]));
  const chart = chartOf({ columns: ['t', 's', 'n'], rows: result });
  expect(chart).toMatchObject({ seriesLeftOut: 3 });
  expect(chart!.series.map(({ name }) => name)).toEqual(
    Array.from({ length: MOST_SERIES }, (_, at) => `s${MOST_SERIES + 2 - at}`),
  );
});

test('texts and numbers are bars in the order of the rows', () => {
  const columns = ['service', 'region', 'calls', 'errors'];
  const result = rows(['shop', 'eu', '3', '1'], ['shop', null, '2', null]);
  expect(chartOf({ columns, rows: result })).toEqual({
    kind: 'bars',
    categories: ['shop · eu', 'shop · –'],
    series: [
      { name: 'calls', values: [3, 2] },
      { name: 'errors', values: [1, undefined] },
    ],
    categoriesLeftOut: 0,
  });
});

test.each([
  [MOST_CATEGORIES, 0],
  [MOST_CATEGORIES + 1, 1],
])('of %d categories, %d are left out', (count, left) => {
  const result = rows(...Array.from({ length: count }, (_, at) => [`c${at}`, '1']));
  const chart = chartOf({ columns: ['c', 'n'], rows: result });
  expect(chart).toMatchObject({ categoriesLeftOut: left });
  expect(chart!.series[0]!.values).toHaveLength(count - left);
});

test.each([
  ['events', ['@timestamp', 'ms'], [{ cells: [time(0), '3'], ptr: '1' }]],
  ['no rows', ['bin(1m)', 'n'], []],
  ['one number', ['n'], rows(['3'])],
  ['no number', ['t', 'level'], rows([time(0), 'info'])],
  ['a column of numbers with a text among them', ['level', 'n'], rows(['info', '3'], ['warn', 'three'])],
  ['times in ms as numbers', ['level', 'latest(@timestamp)'], rows(['info', '1768478400000'])],
  ['numbers without a value', ['level', 'n'], rows(['info', null])],
])('%s have no chart', (_, columns, result) => {
  expect(chartOf({ columns, rows: result })).toBeUndefined();
});

test.each(['', '0x10', ' 1', '1e', 'NaN', 'Infinity', '1,000'])('%j is no number', (text) => {
  expect(chartOf({ columns: ['c', 'n'], rows: rows(['a', text]) })).toBeUndefined();
});

test.each(['2026-13-01 00:00:00.000', '2026-01-15', '2026-01-15T12:00:00Z', '1768478400000', ''])(
  '%j is no time of Logs Insights',
  (text) => {
    expect(timeIn(text)).toBeUndefined();
  },
);

test('a time is read as UTC, with and without milliseconds', () => {
  expect([timeIn('2026-01-15 12:00:00.042'), timeIn('2026-01-15 12:00:00')]).toEqual([
    START_MS + 42,
    START_MS,
  ]);
});
