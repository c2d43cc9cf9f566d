import { keptEvents, rejectionCounts, rejectionsOf } from '../../local/operations/rejections.js';
import { DAY_MS, HOUR_MS, NOW_MS } from './harness.js';

function eventsAged(...agesHours: number[]): { timestamp: number; message: string }[] {
  return agesHours.map((age) => ({ timestamp: NOW_MS - age * HOUR_MS, message: String(age) }));
}

const NEVER = Number.NEGATIVE_INFINITY;

it.each([
  ['all kept', eventsAged(1, 0), NEVER, undefined],
  ['all too old', eventsAged(400, 399), NEVER, { tooOldLogEventEndIndex: 2 }],
  ['all too old and expired', eventsAged(400, 399), NOW_MS - DAY_MS, { tooOldLogEventEndIndex: 2 }],
  ['all expired', eventsAged(26, 25), NOW_MS - DAY_MS, { expiredLogEventEndIndex: 2 }],
  ['all too new', eventsAged(-3, -4), NEVER, { tooNewLogEventStartIndex: 0 }],
  ['old and new', eventsAged(400, -3), NEVER, { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 1 }],
])('%s', (_, events, expiresBeforeMs, expected) => {
  expect(rejectionsOf(events, NOW_MS, expiresBeforeMs)).toEqual(expected);
});

it('keeps what the positions leave', () => {
  const events = eventsAged(5, 4, 3, 2, 1);
  const kept = (rejected: Parameters<typeof keptEvents>[1]): string =>
    keptEvents(events, rejected)
      .map(({ message }) => message)
      .join('');
  expect(kept({})).toBe('54321');
  expect(kept({ tooOldLogEventEndIndex: 1, expiredLogEventEndIndex: 2, tooNewLogEventStartIndex: 4 })).toBe(
    '32',
  );
  expect(kept({ tooNewLogEventStartIndex: 0 })).toBe('');
  expect(kept({ tooOldLogEventEndIndex: 9 })).toBe('');
  expect(kept({ tooOldLogEventEndIndex: 4, tooNewLogEventStartIndex: 2 })).toBe('');
});

it.each([
  [{}, [0, 0, 0]],
  [{ tooOldLogEventEndIndex: 2, expiredLogEventEndIndex: 4, tooNewLogEventStartIndex: 6 }, [2, 2, 1]],
  [{ tooNewLogEventStartIndex: 0 }, [0, 0, 7]],
  [{ tooOldLogEventEndIndex: 99 }, [7, 0, 0]],
  [{ tooOldLogEventEndIndex: 5, tooNewLogEventStartIndex: 2 }, [5, 0, 2]],
])('of seven events, %j discards %j, and what is kept is the rest', (rejected, [tooOld, expired, tooNew]) => {
  expect(rejectionCounts(rejected, 7)).toEqual({ tooOld, expired, tooNew });
  expect(keptEvents(eventsAged(7, 6, 5, 4, 3, 2, 1), rejected)).toHaveLength(
    7 - tooOld! - expired! - tooNew!,
  );
});
