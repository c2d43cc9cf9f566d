import * as fc from 'fast-check';
import {
  boundsOf,
  durationInWords,
  formatDuration,
  isOpenEnded,
  parseDuration,
  PRESETS,
} from '../../../local/viewer/client/state/time-range.js';
import { shareAtTime, timeAtShare } from '../../../local/viewer/client/state/time-scale.js';
import {
  clockTime,
  fullTime,
  inputTime,
  parseInputTime,
} from '../../../local/viewer/client/state/time-zone.js';

const NOW = Date.UTC(2026, 10, 29, 1, 12, 55, 42);

describe('a duration', () => {
  test.each([
    ['15m', 900_000],
    [' 90 s ', 90_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['0m', undefined],
    ['m', undefined],
    ['1.5h', undefined],
    ['15 minutes', undefined],
    ['', undefined],
  ])('is read of %j', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test('is written as it is read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), (seconds) => {
        expect(parseDuration(formatDuration(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
    expect(PRESETS.map((text) => formatDuration(parseDuration(text)!))).toEqual(PRESETS);
  });

  test('is said in words', () => {
    expect([60_000, 900_000, 86_400_000, 90_000].map(durationInWords)).toEqual([
      'minute',
      '15 minutes',
      'day',
      '90 seconds',
    ]);
  });
});

test('the last minutes end now, and are open to what comes', () => {
  expect(boundsOf({ kind: 'last', ms: 60_000 }, NOW)).toEqual({ start: NOW - 60_000 });
  expect(boundsOf({ kind: 'last', ms: 2 * NOW }, NOW)).toEqual({ start: 0 });
  expect(isOpenEnded({ kind: 'last', ms: 60_000 }, NOW)).toBe(true);
  expect([NOW - 1, NOW, NOW + 1].map((end) => isOpenEnded({ kind: 'between', end }, NOW))).toEqual([
    false,
    false,
    true,
  ]);
});

describe('a clock', () => {
  test('of UTC', () => {
    expect(clockTime(NOW, 'utc')).toEqual({ date: '2026-11-29', time: '01:12:55.042' });
    expect(fullTime(NOW, 'utc')).toBe('2026-11-29 01:12:55.042 UTC');
  });

  test('of the place has its offset', () => {
    const at = new Date(NOW);

    expect(clockTime(NOW, 'local').time.slice(0, 2)).toBe(String(at.getHours()).padStart(2, '0'));
    expect(fullTime(NOW, 'local')).toMatch(/[+−]\d\d:\d\d$/);
  });

  test.each(['utc', 'local'] as const)('of %s is read as it is written', (zone) => {
    expect(parseInputTime(inputTime(NOW, zone), zone)).toBe(NOW);
  });

  test('reads what a browser leaves out', () => {
    expect(parseInputTime('2026-11-29T01:12', 'utc')).toBe(Date.UTC(2026, 10, 29, 1, 12));
    expect(['', '2026-11-29', '2026-13-29T01:12', 'now'].map((text) => parseInputTime(text, 'utc'))).toEqual(
      Array(4).fill(undefined),
    );
  });

  test('shows a time that no date can hold as a number', () => {
    expect(clockTime(9e15, 'utc')).toEqual({ date: '', time: '9000000000000000' });
  });
});

describe('the scale of a histogram', () => {
  const histogram = { start: 1_000, bucketMs: 100, events: [10, 0, 30], errors: [0, 0, 0] };

  test.each([
    [0, 1_000],
    [0.125, 1_050],
    [0.25, 1_100],
    [0.5, 1_233],
    [1, 1_300],
    [2, 1_300],
    [-1, 1_000],
  ])('says the time after the share %d of all events', (share, ms) => {
    expect(timeAtShare(histogram, share)).toBe(ms);
  });

  test('says the share before a time', () => {
    expect([0, 1_050, 1_150, 1_250, 9_000].map((ms) => shareAtTime(histogram, ms))).toEqual([
      0, 0.125, 0.25, 0.625, 1,
    ]);
  });

  test('says nothing without events', () => {
    expect(timeAtShare({ ...histogram, events: [0, 0] }, 0.5)).toBeUndefined();
    expect(shareAtTime({ ...histogram, events: [] }, 1_000)).toBe(0);
  });
});
