import {
  madeRows,
  ROW_HEIGHT,
  seenRows,
  topThatShows,
} from '../../../local/viewer/client/logs/row-window.js';

const HEIGHT = 10 * ROW_HEIGHT;

test.each([
  [0, 100, { from: 0, to: 10 }],
  [1, 100, { from: 0, to: 11 }],
  [90 * ROW_HEIGHT, 100, { from: 90, to: 100 }],
  [95 * ROW_HEIGHT, 100, { from: 95, to: 100 }],
  [500 * ROW_HEIGHT, 100, { from: 100, to: 100 }],
  [-20, 100, { from: 0, to: 10 }],
  [0, 3, { from: 0, to: 3 }],
  [0, 0, { from: 0, to: 0 }],
])('scrolled to %d pixels, of %d rows are seen %j', (top, count, rows) => {
  expect(seenRows(top, HEIGHT, count)).toEqual(rows);
});

test('few more rows are made than are seen', () => {
  expect(madeRows({ from: 50, to: 60 }, 100)).toEqual({ from: 40, to: 70 });
  expect(madeRows({ from: 3, to: 13 }, 15)).toEqual({ from: 0, to: 15 });
});

test.each([
  ['is seen', 15, undefined],
  ['is half above', 9, 9 * ROW_HEIGHT],
  ['is half below', 20, 11 * ROW_HEIGHT],
  ['is far below', 500, 500 * ROW_HEIGHT - HEIGHT / 2],
  ['is far above', 0, 0],
])('a row that %s', (_, index, top) => {
  const from = _ === 'is far above' ? 1_000 : 10;

  expect(topThatShows(index, from * ROW_HEIGHT, HEIGHT)).toBe(top);
});
