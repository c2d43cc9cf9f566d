import * as fc from 'fast-check';
import { Pace } from '../../../runtime/send/pace.js';

const STEP_MS = 2_000;
const MAX_MS = 60_000;

type Call = 'throttled' | 'succeeded';

const calls = fc.array(fc.constantFrom<Call>('throttled', 'succeeded'), { maxLength: 200 });
/** Linger and maximum, the one longer than the other or not. */
const bounds = fc.tuple(fc.integer({ min: 1, max: 86_400_000 }), fc.integer({ min: 0, max: 60_000 }));

/** The time between calls before the first one and after each of them. */
function spacings(pace: Pace, outcomes: readonly Call[]): number[] {
  return [
    pace.spacingMs,
    ...outcomes.map((outcome) => {
      pace[outcome]();
      return pace.spacingMs;
    }),
  ];
}

function successesToNothing(pace: Pace): number {
  let count = 0;
  for (; pace.spacingMs > 0 && count < 10_000; count++) pace.succeeded();
  return count;
}

describe('laws', () => {
  test('the time between calls is never below nothing, nor above the maximum', () => {
    fc.assert(
      fc.property(bounds, calls, ([stepMs, maxMs], outcomes) => {
        const all = spacings(new Pace(stepMs, maxMs), outcomes);
        expect(all.every((spacingMs) => spacingMs >= 0 && spacingMs <= maxMs)).toBe(true);
      }),
    );
  });

  test('it grows with each throttled call unless it is at its maximum, and never with a success', () => {
    fc.assert(
      fc.property(calls, (outcomes) => {
        const all = spacings(new Pace(STEP_MS, MAX_MS), outcomes);
        for (const [index, outcome] of outcomes.entries()) {
          const [before, after] = [all[index]!, all[index + 1]!];
          if (outcome === 'succeeded') expect(after).toBeLessThanOrEqual(before);
          else expect(before < MAX_MS ? after > before : after === MAX_MS).toBe(true);
        }
      }),
    );
  });

  test('whoever was throttled once more leaves no less time', () => {
    fc.assert(
      fc.property(calls, (outcomes) => {
        const [once, more] = [new Pace(STEP_MS, MAX_MS), new Pace(STEP_MS, MAX_MS)];
        spacings(once, outcomes);
        spacings(more, [...outcomes, 'throttled']);
        expect(more.spacingMs).toBeGreaterThanOrEqual(once.spacingMs);
      }),
    );
  });

  test('a hundred successes in a row bring it back to nothing, whatever was before', () => {
    fc.assert(
      fc.property(bounds, calls, ([stepMs, maxMs], outcomes) => {
        const pace = new Pace(stepMs, maxMs);
        spacings(pace, outcomes);
        expect(successesToNothing(pace)).toBeLessThanOrEqual(100);
      }),
    );
  });
});

test('while no call is throttled, there is none', () => {
  expect(new Set(spacings(new Pace(STEP_MS, MAX_MS), Array(50).fill('succeeded')))).toEqual(new Set([0]));
});

test('a throttled call adds a quarter and three lingers, up to the maximum', () => {
  const all = spacings(new Pace(STEP_MS, MAX_MS), Array(7).fill('throttled'));
  expect(all.map(Math.floor)).toEqual([0, 6_000, 13_500, 22_875, 34_593, 49_242, 60_000, 60_000]);
});

test('one success takes little, and each further one in a row more; a throttled call begins anew', () => {
  const pace = new Pace(STEP_MS, MAX_MS);
  spacings(pace, Array(9).fill('throttled'));
  const shares = (count: number): number[] =>
    Array.from({ length: count }, () => {
      const beforeMs = pace.spacingMs;
      pace.succeeded();
      return Math.round(1_000 * (1 - pace.spacingMs / beforeMs));
    });

  expect(shares(4)).toEqual([30, 58, 82, 101]);
  pace.throttled();
  expect(shares(1)[0]).toBeLessThan(58);
});

test('two writers that begin differently come to leave the same, where the same share of their calls is throttled', () => {
  const writers = [new Pace(STEP_MS, MAX_MS), new Pace(STEP_MS, MAX_MS)] as const;
  spacings(writers[0], Array(9).fill('throttled'));
  const apartMs = (): number => Math.abs(writers[0].spacingMs - writers[1].spacingMs);
  expect(apartMs()).toBe(MAX_MS);

  for (const every of [4, 8, 16]) {
    const round: Call[] = [...Array<Call>(every - 1).fill('succeeded'), 'throttled'];
    for (let rounds = 0; rounds < 40; rounds++) for (const writer of writers) spacings(writer, round);
    expect(apartMs()).toBeLessThan(STEP_MS / 100);
  }
});
