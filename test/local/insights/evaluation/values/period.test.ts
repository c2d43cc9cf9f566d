import * as fc from 'fast-check';
import {
  endOfPeriod,
  readPeriod,
  startOfPeriod,
} from '../../../../../local/insights/evaluation/values/period.js';

const at = (text: string): number => Date.parse(text);
const day = (ms: number): string => new Date(ms).toISOString();

describe('the period of a time', () => {
  test.each([
    ['100ms', '2026-02-03T10:47:13.456Z', '2026-02-03T10:47:13.400Z', '2026-02-03T10:47:13.500Z'],
    ['30s', '2026-02-03T10:47:13.456Z', '2026-02-03T10:47:00.000Z', '2026-02-03T10:47:30.000Z'],
    ['5m', '2026-02-03T10:47:13.456Z', '2026-02-03T10:45:00.000Z', '2026-02-03T10:50:00.000Z'],
    ['1h', '2026-02-03T10:47:13.456Z', '2026-02-03T10:00:00.000Z', '2026-02-03T11:00:00.000Z'],
    ['1d', '2026-02-03T10:47:13.456Z', '2026-02-03T00:00:00.000Z', '2026-02-04T00:00:00.000Z'],
    ['1w', '2026-02-03T10:47:13.456Z', '2026-02-02T00:00:00.000Z', '2026-02-09T00:00:00.000Z'],
    ['1mo', '2026-02-03T10:47:13.456Z', '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    ['1q', '2026-02-03T10:47:13.456Z', '2026-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'],
    ['1y', '2026-02-03T10:47:13.456Z', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['1mo', '1969-12-31T23:00:00.000Z', '1969-12-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
  ])('%s of %s begins at %s and ends at %s', (text, time, start, end) => {
    const period = readPeriod(text)!;

    expect(day(startOfPeriod(at(time), period))).toBe(start);
    expect(day(endOfPeriod(at(time), period))).toBe(end);
    expect(day(endOfPeriod(at(start), period))).toBe(start);
  });

  test.each([
    ['999ms', 999],
    ['1000ms', 1000],
    ['1001ms', 1000],
    ['59s', 59],
    ['60s', 60],
    ['300s', 60],
    ['61m', 60],
    ['25h', 24],
    ['400d', 400],
    ['0m', 1],
  ])('%s counts as %d', (text, count) => {
    expect(readPeriod(text)?.count).toBe(count);
  });

  test.each(['', '5', 'm', '5 m', '5min', '-5m', '5toString', '1.5h'])('%p is none', (text) => {
    expect(readPeriod(text)).toBeUndefined();
  });

  test('holds the time, and begins where it begins', () => {
    const times = fc.integer({ min: -1e13, max: 1e13 });
    const periods = fc.tuple(fc.nat(90), fc.constantFrom('ms', 's', 'm', 'h', 'd', 'w', 'mo', 'q', 'y'));
    fc.assert(
      fc.property(times, periods, (ms, [count, unit]) => {
        const period = readPeriod(`${count}${unit}`)!;
        const start = startOfPeriod(ms, period);

        expect(start).toBeLessThanOrEqual(ms);
        expect(endOfPeriod(ms, period)).toBeGreaterThanOrEqual(ms);
        expect(startOfPeriod(start, period)).toBe(start);
        expect(endOfPeriod(start + 1, period)).toBeGreaterThan(start);
      }),
    );
  });
});
