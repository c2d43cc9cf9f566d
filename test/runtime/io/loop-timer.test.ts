import { afterLoopTime, atDeadline } from '../../../runtime/io/loop-timer.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

const DELAY_MS = 800;

/** What passes: time with a loop that runs, a loop that stands still and then goes on, a loop that runs in jerks. */
type Step = ['runs' | 'stands', number] | ['jerks', number, number];

function pass(clock: ManualClock, [kind, ms, times = 1]: Step): void {
  if (kind === 'runs') return clock.advance(ms);
  for (let each = 0; each < times; each++) {
    clock.elapse(ms);
    clock.advance(0);
  }
}

function started(start: typeof afterLoopTime) {
  const clock = new ManualClock();
  const calls: number[] = [];
  const timer = start(clock, DELAY_MS, () => calls.push(clock.monotonic()));
  return { clock, calls, timer };
}

async function isCalledAfter(start: typeof afterLoopTime, steps: readonly Step[]): Promise<boolean> {
  const { clock, calls } = started(start);
  for (const step of steps) pass(clock, step);
  await promisesRun();
  return calls.length > 0;
}

describe('afterLoopTime', () => {
  test.each<[string, readonly Step[], boolean]>([
    ['a loop that runs, one under', [['runs', 799]], false],
    ['a loop that runs', [['runs', 800]], true],
    ['one that stood still at the beginning', [['stands', 100_000]], false],
    [
      'and ran, one under',
      [
        ['stands', 100_000],
        ['runs', 799],
      ],
      false,
    ],
    [
      'and ran',
      [
        ['stands', 100_000],
        ['runs', 800],
      ],
      true,
    ],
    [
      'one that stood still in the middle',
      [
        ['runs', 400],
        ['stands', 100_000],
        ['runs', 399],
      ],
      false,
    ],
    [
      'and ran',
      [
        ['runs', 400],
        ['stands', 100_000],
        ['runs', 400],
      ],
      true,
    ],
    [
      'one that stood still at the end',
      [
        ['runs', 799],
        ['stands', 100_000],
      ],
      false,
    ],
    [
      'and ran, one under',
      [
        ['runs', 799],
        ['stands', 100_000],
        ['runs', 99],
      ],
      false,
    ],
    [
      'and ran',
      [
        ['runs', 799],
        ['stands', 100_000],
        ['runs', 100],
      ],
      true,
    ],
    ['one that is a little late', [['jerks', 200, 7]], false],
    ['always a little late', [['jerks', 200, 8]], true],
    // One that always stands still must not wait for ever.
    ['one that always stands still, 15 times', [['jerks', 1_000, 15]], false],
    ['one that always stands still, 16 times', [['jerks', 1_000, 16]], true],
  ])('%s', async (_, steps, expected) => {
    expect(await isCalledAfter(afterLoopTime, steps)).toBe(expected);
  });

  test('a clock that is set changes nothing', async () => {
    const { clock, calls } = started(afterLoopTime);
    clock.set(3_600_000);
    clock.advance(400);
    clock.set(-7_200_000);
    clock.advance(399);
    await promisesRun();
    expect(calls).toEqual([]);
    clock.advance(1);
    await promisesRun();
    expect(calls).toHaveLength(1);
  });

  test.each([1, 7, 50, 15_000])('no delay is cut short by rounding: %d ms', async (delayMs) => {
    const clock = new ManualClock();
    let calls = 0;
    afterLoopTime(clock, delayMs, () => calls++);
    clock.advance(delayMs - 1);
    await promisesRun();
    expect(calls).toBe(0);
    clock.advance(8);
    await promisesRun();
    expect([calls, clock.waiting]).toEqual([1, []]);
  });
});

describe('atDeadline', () => {
  test.each<[string, readonly Step[], boolean]>([
    ['a loop that runs, one under', [['runs', 799]], false],
    ['a loop that runs', [['runs', 800]], true],
    [
      'one that stood still before',
      [
        ['stands', 799],
        ['runs', 1],
      ],
      true,
    ],
    ['one that is a little late', [['stands', 900]], true],
    ['one that stood still', [['stands', 901]], false],
    [
      'one that stood still, one under the grace',
      [
        ['stands', 901],
        ['runs', 499],
      ],
      false,
    ],
    [
      'one that stood still, after the grace',
      [
        ['stands', 901],
        ['runs', 500],
      ],
      true,
    ],
    [
      'one that stood still twice',
      [
        ['stands', 100_000],
        ['stands', 100_000],
      ],
      true,
    ],
  ])('%s', async (_, steps, expected) => {
    expect(await isCalledAfter(atDeadline, steps)).toBe(expected);
  });

  test('holds the process as asked, also in its grace', () => {
    const clock = new ManualClock();
    atDeadline(clock, DELAY_MS, () => undefined, true);
    expect(clock.holdsProcess).toBe(true);
    clock.elapse(10_000);
    clock.advance(0);
    expect([clock.waiting, clock.holdsProcess]).toEqual([[500], true]);
  });
});

describe.each([
  ['afterLoopTime', afterLoopTime],
  ['atDeadline', atDeadline],
])('%s', (_, start) => {
  test('what is ready is read before', async () => {
    const { clock, calls } = started(start);
    clock.advance(DELAY_MS);
    expect(calls).toEqual([]);
    await promisesRun();
    expect(calls).toEqual([DELAY_MS]);
  });

  test.each([0, 400, DELAY_MS])('cancelled after %d ms, it calls nobody', async (afterMs) => {
    const { clock, calls, timer } = started(start);
    clock.advance(afterMs);
    timer.cancel();
    clock.advance(100_000);
    await promisesRun();
    expect([calls, clock.waiting]).toEqual([[], []]);
  });
});
