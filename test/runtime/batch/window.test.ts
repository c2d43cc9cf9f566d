import * as fc from 'fast-check';
import { RETENTION_DAYS } from '../../../contract/limits.js';
import { Window, type OutOfWindow } from '../../../runtime/batch/window.js';
import { DAY_MS, HOUR_MS, NOW_MS } from '../../support/events.js';

test('what is excluded at some age is excluded at every greater one, and what is ahead at every greater distance', () => {
  const retention = fc.option(fc.constantFrom(...RETENTION_DAYS), { nil: undefined });
  const offsets = fc.integer({ min: -4_000 * DAY_MS, max: 4 * HOUR_MS });
  fc.assert(
    fc.property(retention, offsets, fc.nat(DAY_MS), (days, offsetMs, furtherMs) => {
      const window = new Window(days);
      const excluded = window.excludes(NOW_MS + offsetMs, NOW_MS);
      const further = window.excludes(NOW_MS + offsetMs + Math.sign(offsetMs) * furtherMs, NOW_MS);
      if (excluded === 'tooNew') expect(further).toBe('tooNew');
      else if (excluded) expect(['tooOld', 'expired']).toContain(further);
    }),
  );
});

const FOR_EVER = undefined;

test.each<[string, number | undefined, number, OutOfWindow | undefined]>([
  ['under 14 days', FOR_EVER, -14 * DAY_MS + 1, undefined],
  ['14 days', FOR_EVER, -14 * DAY_MS, undefined],
  ['over 14 days', FOR_EVER, -14 * DAY_MS - 1, 'tooOld'],
  ['under a retention of one day', 1, -DAY_MS + 1, undefined],
  ['a retention of one day', 1, -DAY_MS, undefined],
  ['over a retention of one day', 1, -DAY_MS - 1, 'expired'],
  ['over retention and 14 days', 1, -14 * DAY_MS - 1, 'tooOld'],
  ['14 days, with a retention of 14 days', 14, -14 * DAY_MS, undefined],
  ['over both', 14, -14 * DAY_MS - 1, 'tooOld'],
  ['over 14 days, with a retention of 30', 30, -14 * DAY_MS - 1, 'tooOld'],
  ['now', FOR_EVER, 0, undefined],
  ['under two hours ahead', FOR_EVER, 2 * HOUR_MS - 1, undefined],
  ['two hours ahead', FOR_EVER, 2 * HOUR_MS, undefined],
  ['over two hours ahead', FOR_EVER, 2 * HOUR_MS + 1, 'tooNew'],
  ['over two hours ahead, with a retention', 1, 2 * HOUR_MS + 1, 'tooNew'],
])('%s', (_, retentionInDays, offsetMs, expected) => {
  expect(new Window(retentionInDays).excludes(NOW_MS + offsetMs, NOW_MS)).toBe(expected);
});

test.each([-400 * DAY_MS, 0, 400 * DAY_MS])(
  'while nobody knows the time of the service, nothing is excluded: %d ms',
  (offsetMs) => {
    expect(new Window(1).excludes(NOW_MS + offsetMs, undefined)).toBeUndefined();
  },
);
