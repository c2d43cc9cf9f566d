import { momentOf, systemClock } from '../../../runtime/io/clock.js';

// As everywhere but under Jest, which waits for ever for a program that holds the process: test-runners.test.ts shows that.
jest.mock('../../../runtime/io/late-modules.cjs', () => ({ isInJest: false }));
afterEach(() => void jest.useRealTimers());

test('tells the time of the process, which a test may fake', () => {
  jest.useFakeTimers({ now: 1_768_478_400_000 });
  expect(systemClock.now()).toBe(1_768_478_400_000);
});

test('the monotonic clock and the timers go on while time is faked', async () => {
  jest.useFakeTimers({ now: 0 });
  const beforeMs = systemClock.monotonic();
  await new Promise<void>((resolve) => systemClock.after(20, resolve, true));
  // A timer may come a part of a millisecond early.
  expect(systemClock.monotonic() - beforeMs).toBeGreaterThanOrEqual(19);
  expect(jest.getTimerCount()).toBe(0);
});

test('a cancelled timer does not ring', async () => {
  const ring = jest.fn();
  systemClock.after(1, ring, true).cancel();
  await new Promise<void>((resolve) => systemClock.after(20, resolve, true));
  expect(ring).not.toHaveBeenCalled();
});

test.each([2_147_483_648, 1e12, Infinity])(
  'a delay of %d ms does not ring at once, as it would in Node',
  async (delayMs) => {
    const ring = jest.fn();
    const timer = systemClock.after(delayMs, ring, false);
    await new Promise<void>((resolve) => systemClock.after(20, resolve, true));
    expect(ring).not.toHaveBeenCalled();
    timer.cancel();
  },
);

test.each([true, false])('whether it holds the process is as asked: %s', (holdsProcess) => {
  const holding = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = holding();
  const timer = systemClock.after(60_000, () => undefined, holdsProcess);
  expect(holding() - before).toBe(holdsProcess ? 1 : 0);
  timer.cancel();
});

test('a moment is told by both clocks', () => {
  expect(momentOf({ now: () => 1, monotonic: () => 2 })).toEqual({ atMs: 1, monotonicMs: 2 });
});
