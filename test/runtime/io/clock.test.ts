import { systemClock } from '../../../runtime/io/clock.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('tells the time of the process', () => {
  jest.setSystemTime(1_768_478_400_000);
  expect(systemClock.now()).toBe(1_768_478_400_000);
});

test.each([
  [999, 0],
  [1_000, 1],
  [1_001, 1],
])('after %d ms of a second it has rung %d times', (waitedMs, times) => {
  const ring = jest.fn();
  systemClock.after(1_000, ring, false);
  jest.advanceTimersByTime(waitedMs);
  expect(ring).toHaveBeenCalledTimes(times);
});

test('a cancelled timer does not ring', () => {
  const ring = jest.fn();
  systemClock.after(1_000, ring, true).cancel();
  jest.advanceTimersByTime(2_000);
  expect([ring.mock.calls, jest.getTimerCount()]).toEqual([[], 0]);
});

test.each([2_147_483_648, 1e12, Infinity])(
  'a delay of %d ms does not ring at once, as it would in Node',
  (delayMs) => {
    const ring = jest.fn();
    const timer = systemClock.after(delayMs, ring, false);
    jest.advanceTimersByTime(2_147_483_646);
    expect(ring).not.toHaveBeenCalled();
    timer.cancel();
  },
);

test.each([true, false])('whether it holds the process is as asked: %s', (holdsProcess) => {
  jest.useRealTimers();
  const made = jest.spyOn(globalThis, 'setTimeout');
  const timer = systemClock.after(60_000, () => undefined, holdsProcess);
  const timeout = made.mock.results[0]?.value as NodeJS.Timeout;
  expect(timeout.hasRef()).toBe(holdsProcess);
  timer.cancel();
  made.mockRestore();
});
