import { timeMarks, timeText } from '../../../local/viewer/client/insights/time-axis.js';

const START_MS = Date.parse('2026-01-15T12:00:00Z');

function labels(times: readonly number[], width: number): string[] {
  return timeMarks(times, width).map(({ label }) => label);
}

test('as many times are written as there is room for, evenly', () => {
  const times = Array.from({ length: 60 }, (_, minute) => START_MS + minute * 60_000);
  expect(labels(times, 600)).toEqual(['12:00', '12:12', '12:24', '12:36', '12:48']);
  expect(labels(times, 20)).toEqual(['12:00']);
});

test.each([
  [
    [0, 1_000],
    ['12:00:00', '12:00:01'],
  ],
  [
    [0, 43_200_000],
    ['01-15 12:00', '01-16 00:00'],
  ],
  [[0], ['12:00']],
])('times %j later are written as %j', (offsets, texts) => {
  expect(
    labels(
      offsets.map((offset) => START_MS + offset),
      1_000,
    ),
  ).toEqual(texts);
});

test('a time is written as Logs Insights does', () => {
  expect(timeText(START_MS + 7)).toBe('2026-01-15 12:00:00.007');
});
