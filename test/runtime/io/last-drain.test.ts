import { lastDrain } from '../../../runtime/io/last-drain.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

/** Plays the end of this process to a sink of which only the calls are there. */
class Bench {
  readonly calls: string[] = [];
  readonly clock = new ManualClock();
  isDrained = false;
  finishFlush: () => void = () => undefined;
  readonly leave: () => void;

  constructor() {
    this.leave = lastDrain({
      clock: this.clock,
      deadlineMs: 1_000,
      signals: true,
      isDrained: () => this.isDrained,
      flush: (deadlineMs) => {
        this.calls.push(`flush ${deadlineMs}`);
        return new Promise<void>((resolve) => (this.finishFlush = resolve));
      },
      hurry: () => this.calls.push('hurry'),
      finish: (deadlineMs) => {
        this.calls.push(`finish ${deadlineMs}`);
        return Promise.resolve();
      },
      handOver: () => this.calls.push('hand over'),
      settle: () => this.calls.push('settle'),
    });
  }
}

let bench: Bench;

beforeEach(() => {
  bench = new Bench();
});

afterEach(() => bench.leave());

/** Only this bench hears it: the process of the test goes on. */
const emit = (name: 'beforeExit' | 'exit'): void => {
  for (const listener of process.listeners(name as 'exit'))
    if (listener.toString().includes('#each')) listener.call(process, 0);
};

test('a program that just ends drains, and what came meanwhile has the rest of the time', async () => {
  emit('beforeExit');
  expect(bench.calls).toEqual(['flush 1000', 'hurry']);
  bench.clock.advance(400);
  bench.finishFlush();
  await promisesRun();
  expect(bench.calls.at(-1)).toBe('finish 600');
});

test('with nothing to deliver, it ends at once', () => {
  bench.isDrained = true;
  emit('beforeExit');
  expect(bench.calls).toEqual([]);
});

test('a drain that failed is not begun again, and an exit after it does not wait', async () => {
  emit('beforeExit');
  bench.finishFlush();
  await promisesRun();
  emit('beforeExit');
  emit('exit');

  expect(bench.calls.filter((call) => call.startsWith('flush'))).toHaveLength(1);
  expect(bench.calls.slice(-2)).toEqual(['finish 1000', 'settle']);
});

test('after one that succeeded, more may come and is drained again; an exit may wait', async () => {
  emit('beforeExit');
  bench.isDrained = true;
  bench.finishFlush();
  await promisesRun();
  bench.isDrained = false;
  emit('beforeExit');
  bench.isDrained = true;
  bench.finishFlush();
  await promisesRun();
  emit('exit');

  expect(bench.calls).toEqual(['flush 1000', 'hurry', 'flush 1000', 'hurry', 'hand over', 'settle']);
});

test('an exit in a hurry may wait', () => {
  emit('exit');
  expect(bench.calls).toEqual(['hand over', 'settle']);
});

test('so may one while a drain is under way', () => {
  emit('beforeExit');
  emit('exit');
  expect(bench.calls.slice(-2)).toEqual(['hand over', 'settle']);
});

test('once it has left, it hears of nothing', () => {
  bench.leave();
  emit('beforeExit');
  emit('exit');
  expect(bench.calls).toEqual([]);
});
