import { Progress } from '../../../runtime/ack/progress.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

function bench() {
  const clock = new ManualClock();
  const progress = new Progress(clock);
  const outcomes: string[] = [];
  const wait = (name: string, condition: () => boolean, deadlineMs?: number): void => {
    void progress.until(condition, deadlineMs).then((held) => outcomes.push(`${name} ${held}`));
  };
  return { clock, progress, outcomes, wait };
}

test('what holds already needs no timer', async () => {
  const { clock, progress } = bench();
  expect(await progress.until(() => true, 0)).toBe(true);
  expect(clock.delays).toEqual([]);
});

test('whoever waits looks again with each step, and holds the process meanwhile', async () => {
  const { clock, progress, outcomes, wait } = bench();
  let left = 2;
  wait('first', () => left === 0);
  wait('second', () => left <= 1);
  expect(clock.holdsProcess).toBe(true);
  left--;
  await promisesRun();
  expect(outcomes).toEqual([]);
  progress.made();
  await promisesRun();
  expect(outcomes).toEqual(['second true']);
  left--;
  progress.made();
  await promisesRun();
  expect([outcomes, clock.waiting]).toEqual([['second true', 'first true'], []]);
});

test.each([
  [99, []],
  [100, ['it false']],
  [101, ['it false']],
])('after %d ms of a deadline of 100', async (waitedMs, expected) => {
  const { clock, outcomes, wait } = bench();
  wait('it', () => false, 100);
  clock.advance(waitedMs);
  await promisesRun();
  expect(outcomes).toEqual(expected);
});

test('what comes after the deadline changes nothing, and nothing is left behind', async () => {
  const { clock, progress, outcomes, wait } = bench();
  let looks = 0;
  wait('it', () => ++looks > 1, 100);
  clock.advance(100);
  await promisesRun();
  progress.made();
  await promisesRun();
  expect([outcomes, looks, clock.waiting]).toEqual([['it false'], 1, []]);
});

test('what can be read when the deadline passes still counts', async () => {
  const { clock, progress, outcomes, wait } = bench();
  let isThere = false;
  wait('it', () => isThere, 100);
  clock.advance(100);
  isThere = true;
  progress.made();
  await promisesRun();
  expect([outcomes, clock.waiting]).toEqual([['it true'], []]);
});

test.each([
  [499, []],
  [500, ['it false']],
])('a loop that stood still at the deadline has half a second: after %d ms', async (afterMs, expected) => {
  const { clock, outcomes, wait } = bench();
  wait('it', () => false, 100);
  clock.elapse(60_000);
  clock.advance(0);
  clock.advance(afterMs);
  await promisesRun();
  expect(outcomes).toEqual(expected);
});

test('a deadline in the past is now', () => {
  const { clock, wait } = bench();
  wait('it', () => false, -5);
  expect(clock.waiting).toEqual([0]);
});
