import { wait } from '../../../cli/tail/wait.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

test('it waits for the delay, and holds the process meanwhile', async () => {
  const clock = new ManualClock();
  let isOver = false;
  const waiting = wait(clock, 1_000, new AbortController().signal).then(() => (isOver = true));

  clock.advance(999);
  await promisesRun();
  expect([isOver, clock.holdsProcess]).toEqual([false, true]);
  clock.advance(1);
  await waiting;

  expect(isOver).toBe(true);
});

test('the end of the command ends it, and leaves no timer', async () => {
  const clock = new ManualClock();
  const controller = new AbortController();
  const waiting = wait(clock, 1_000, controller.signal);

  controller.abort();
  await waiting;

  expect(clock.waiting).toEqual([]);
});

test('after the end, or for no time, there is no timer', async () => {
  const clock = new ManualClock();

  await wait(clock, 1_000, AbortSignal.abort());
  await wait(clock, 0, new AbortController().signal);

  expect(clock.delays).toEqual([]);
});
