import { recordTimeMs, timeMsOf } from '../../../../runtime/adapters/otel/record-time.js';
import type { OtelTime } from '../../../../runtime/adapters/otel/log-record.js';
import type { OtelLogRecord } from '../../../../runtime/adapters/otel/log-record.js';

function timeOf(hrTime: OtelTime, hrTimeObserved: OtelTime): number {
  return recordTimeMs({ hrTime, hrTimeObserved } as OtelLogRecord);
}

test('a record has the time at which it was logged, in whole milliseconds', () => {
  expect(timeOf([1_700_000_000, 123_999_999], [1_800_000_000, 0])).toBe(1_700_000_000_123);
});

test('without it, a record has the time at which it was observed, else that of now', () => {
  const before = Date.now();

  expect(timeOf([0, 0], [1_800_000_000, 0])).toBe(1_800_000_000_000);
  expect(timeOf([0, 0], [0, 0])).toBeGreaterThanOrEqual(before);
});

test.each<[OtelTime | undefined]>([[undefined], [[0, 0]], [[Number.NaN, 0]], [[-1, 0]], [[1e20, 0]]])(
  '%j is no time',
  (time) => {
    expect(timeMsOf(time)).toBeUndefined();
  },
);
