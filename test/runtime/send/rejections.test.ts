import * as fc from 'fast-check';
import { rejectedRanges, type RejectedLogEventsInfo } from '../../../runtime/send/rejections.js';

const REASONS = ['tooOld', 'expired', 'tooNew'];

describe('laws', () => {
  const index = fc.option(fc.oneof(fc.integer({ min: -3, max: 15 }), fc.integer()), { nil: undefined });
  const infos = fc.record({
    tooOldLogEventEndIndex: index,
    expiredLogEventEndIndex: index,
    tooNewLogEventStartIndex: index,
  });

  test('ranges stay inside the call, never overlap, are never empty, and come in order', () => {
    fc.assert(
      fc.property(infos, fc.nat(10), (info, count) => {
        const ranges = rejectedRanges(info, count);
        let reached = 0;
        for (const { start, end } of ranges) {
          expect(start).toBeGreaterThanOrEqual(reached);
          expect(end).toBeGreaterThan(start);
          reached = end;
        }
        expect(reached).toBeLessThanOrEqual(count);
        const reasons = ranges.map(({ reason }) => REASONS.indexOf(reason));
        expect(reasons).toEqual(reasons.toSorted((a, b) => a - b));
        expect(new Set(reasons).size).toBe(reasons.length);
      }),
    );
  });

  test('stored is what lies between the later of both ends and the start of the too new', () => {
    fc.assert(
      fc.property(infos, fc.nat(10), (info, count) => {
        const {
          tooOldLogEventEndIndex: tooOld,
          expiredLogEventEndIndex: expired,
          tooNewLogEventStartIndex: tooNew,
        } = info;
        const clamp = (value: number): number => Math.min(Math.max(value, 0), count);
        const start = clamp(Math.max(tooOld ?? 0, expired ?? 0));
        const stored = Math.max(0, clamp(tooNew ?? count) - start);
        const rejected = rejectedRanges(info, count).reduce((sum, range) => sum + range.end - range.start, 0);
        expect(rejected).toBe(count - stored);
      }),
    );
  });
});

test.each<[string, RejectedLogEventsInfo | undefined, number, [string, number, number][]]>([
  ['nothing said', undefined, 7, []],
  ['nothing meant', {}, 7, []],
  [
    "the contract's example",
    { tooOldLogEventEndIndex: 2, expiredLogEventEndIndex: 4, tooNewLogEventStartIndex: 6 },
    7,
    [
      ['tooOld', 0, 2],
      ['expired', 2, 4],
      ['tooNew', 6, 7],
    ],
  ],
  ['everything too new: 0 is a start', { tooNewLogEventStartIndex: 0 }, 3, [['tooNew', 0, 3]]],
  ['everything too old', { tooOldLogEventEndIndex: 3 }, 3, [['tooOld', 0, 3]]],
  ['0 is no end', { tooOldLogEventEndIndex: 0, expiredLogEventEndIndex: 0 }, 3, []],
  ['the last one too new', { tooNewLogEventStartIndex: 2 }, 3, [['tooNew', 2, 3]]],
  ['a start behind the last', { tooNewLogEventStartIndex: 3 }, 3, []],
  ['an end behind the last', { tooOldLogEventEndIndex: 4 }, 3, [['tooOld', 0, 3]]],
  ['less than nothing', { tooOldLogEventEndIndex: -1, tooNewLogEventStartIndex: -1 }, 2, [['tooNew', 0, 2]]],
  ['expired alone', { expiredLogEventEndIndex: 2 }, 3, [['expired', 0, 2]]],
  [
    'expired within too old',
    { tooOldLogEventEndIndex: 2, expiredLogEventEndIndex: 1 },
    3,
    [['tooOld', 0, 2]],
  ],
  [
    'too new within expired: each event has one reason',
    { expiredLogEventEndIndex: 2, tooNewLogEventStartIndex: 1 },
    3,
    [
      ['expired', 0, 2],
      ['tooNew', 2, 3],
    ],
  ],
  ['a call without events', { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 0 }, 0, []],
])('%s', (_, info, count, expected) => {
  expect(rejectedRanges(info, count)).toEqual(
    expected.map(([reason, start, end]) => ({ reason, start, end })),
  );
});
