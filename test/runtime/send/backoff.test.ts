import * as fc from 'fast-check';
import { backoffMs } from '../../../runtime/send/backoff.js';

const ladders = ['transient', 'throttle', 'slow', 'creation'] as const;

test('a delay is between nothing and its bound, and the bound neither falls nor passes the cap', () => {
  const steps = fc.integer({ min: 1, max: 1_000_000 });
  const random = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.constantFrom(...ladders),
      steps,
      fc.integer({ min: 1, max: 3_600_000 }),
      random,
      (ladder, step, baseMs, share) => {
        const bound = backoffMs(ladder, step, baseMs, 1);
        const delay = backoffMs(ladder, step, baseMs, share);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(bound);
        expect(backoffMs(ladder, step + 1, baseMs, 1)).toBeGreaterThanOrEqual(bound);
        expect(bound).toBeLessThanOrEqual(baseMs * (ladder === 'transient' ? 60 : 120));
      },
    ),
  );
});

test.each([
  ['transient', [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]],
  ['throttle', [1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000]],
  ['slow', [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]],
  ['creation', [4_000, 16_000, 60_000, 60_000, 60_000, 60_000, 60_000, 60_000]],
] as const)('%s, with a base of half a second: at the most %j', (ladder, bounds) => {
  expect(bounds.map((_, index) => backoffMs(ladder, index + 1, 500, 1))).toEqual(bounds);
  expect(bounds.map((_, index) => backoffMs(ladder, index + 1, 500, 0.25))).toEqual(
    bounds.map((bound) => bound / 4),
  );
  expect(bounds.map((_, index) => backoffMs(ladder, index + 1, 500, 0))).toEqual(bounds.map(() => 0));
});
