import {
  isNameOfProcess,
  isNameOfRemoved,
  isNameOfSegment,
  processName,
  removedName,
  segmentName,
  tagIn,
  tagOf,
  timeIn,
} from '../../../runtime/spool/names.js';
import { NOW_MS, TARGET } from '../../support/events.js';

const owner = { host: 'api-1.example', pid: 7, startedAt: undefined, system: undefined };

test('each name is of its kind, and of no other', () => {
  const kinds = [isNameOfProcess, isNameOfRemoved, isNameOfSegment];
  const names = [processName(owner), removedName(), segmentName(NOW_MS, 1, tagOf(TARGET))];
  expect(names.map((name) => kinds.map((is) => is(name)))).toEqual([
    [true, false, false],
    [false, true, false],
    [false, false, true],
  ]);
});

test('a host of any name has a directory that can be found', () => {
  for (const host of ['', 'a/b', '..', 'ä ö', '-']) {
    const name = processName({ ...owner, host: `x${host}` });
    expect([name, isNameOfProcess(name), name.includes('/')]).toEqual([name, true, false]);
  }
});

test('a segment says by its name when it was begun and where its events go', () => {
  const name = segmentName(NOW_MS + 0.5, 1_234_567, tagOf(TARGET));
  expect([timeIn(name), tagIn(name), isNameOfSegment(name)]).toEqual([NOW_MS, tagOf(TARGET), true]);
  expect(tagOf({ ...TARGET, logStreamName: 'other' })).not.toBe(tagOf(TARGET));
});

test.each([-Infinity, -1, 0, 9_999_999_999_999, 10_000_000_000_000, Infinity])(
  'a segment of a clock at %d is found by others',
  (nowMs) => {
    expect(isNameOfSegment(segmentName(nowMs, 1, tagOf(TARGET)))).toBe(true);
  },
);

test.each([
  '1768478400000-000001-c0ffee12.segment',
  '1768478400000-000001-c0ffee12-9d0c1b7e.segment~',
  '1768478400000-000001-c0ffee12-9d0c1b7e',
  '../1768478400000-000001-c0ffee12-9d0c1b7e.segment',
  '1768478400000-000001-c0ffee1\uFFFD-9d0c1b7e.segment',
])('%s is no name of a segment', (name) => {
  expect(isNameOfSegment(name)).toBe(false);
});
