import { NO_TIME } from '../../../runtime/io/exit-hook.js';
import { lastDrain } from '../../../runtime/io/last-drain.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

/** Plays the end of this process to a sink of which only the calls are there. */
class Bench {
  readonly calls: string[] = [];
  readonly clock = new ManualClock();
  isDrained = false;
  accepted = 1;
  finishFlush: () => void = () => undefined;
  readonly leave: () => void;

  constructor() {
    const { leave } = lastDrain({
      clock: this.clock,
      deadlineMs: 1_000,
      accepted: () => this.accepted,
      waiting: () => 1,
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
      rest: () => this.calls.push('rest'),
      goOn: () => this.calls.push('go on'),
      handOver: () => this.calls.push('hand over'),
      settle: (sinceMs) => this.calls.push(sinceMs === NO_TIME ? 'settle at once' : 'settle'),
    });
    this.leave = leave;
  }

  /** The event loop is empty, and the drain ends at once, with this result. */
  async end(isDrained: boolean): Promise<void> {
    this.isDrained = false;
    await empty();
    this.isDrained = isDrained;
    this.finishFlush();
    await promisesRun();
  }

  get drains(): number {
    return this.calls.filter((call) => call.startsWith('flush')).length;
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

/** Once the listeners of `beforeExit` have been called, the process looks whether there is anything to do. */
async function empty(): Promise<void> {
  emit('beforeExit');
  await promisesRun();
}

test('a program that just ends drains, and what came meanwhile is sent by flushes in the rest of the time', async () => {
  await empty();
  expect(bench.calls).toEqual(['flush 1000', 'hurry']);
  for (const leftMs of [600, 200]) {
    bench.accepted++;
    bench.clock.advance(400);
    bench.finishFlush();
    await promisesRun();
    expect(bench.calls.at(-1)).toBe(`flush ${leftMs}`);
  }
  bench.finishFlush();
  await promisesRun();
  expect(bench.calls.slice(2)).toEqual(['flush 600', 'flush 200', 'finish 200', 'rest']);
});

test('no flush is begun after the deadline, however much is logged', async () => {
  await empty();
  bench.accepted++;
  bench.clock.advance(1_000);
  bench.finishFlush();
  await promisesRun();
  expect(bench.calls).toEqual(['flush 1000', 'hurry', 'finish 0', 'rest']);
});

test('with nothing to deliver, it ends at once', async () => {
  bench.isDrained = true;
  await empty();
  expect(bench.calls).toEqual([]);
});

test('a drain that failed is not begun again, and an exit after it does not wait', async () => {
  await empty();
  bench.finishFlush();
  await promisesRun();
  await empty();
  emit('exit');

  expect(bench.calls.filter((call) => call.startsWith('flush'))).toHaveLength(1);
  expect(bench.calls.slice(-2)).toEqual(['rest', 'settle at once']);
});

test('after one that succeeded, more may come and is drained again; an exit may wait', async () => {
  await empty();
  bench.isDrained = true;
  bench.finishFlush();
  await promisesRun();
  bench.isDrained = false;
  bench.accepted++;
  await empty();
  bench.isDrained = true;
  bench.finishFlush();
  await promisesRun();
  emit('exit');

  expect(bench.calls).toEqual(['flush 1000', 'hurry', 'flush 1000', 'hurry', 'hand over', 'settle']);
});

describe('after a drain that failed', () => {
  beforeEach(async () => bench.end(false));

  test('a program that goes on and logs is drained again, and once more after that', async () => {
    for (const drains of [2, 3]) {
      bench.clock.advance(100);
      bench.accepted++;
      await bench.end(false);
      expect(bench.drains).toBe(drains);
    }
  });

  test('one that goes on and logs nothing ends', async () => {
    bench.clock.advance(100_000);
    await bench.end(false);
    expect(bench.drains).toBe(1);
  });

  test('one that logs and does not go on, as a listener of `beforeExit` or a hook may, ends', async () => {
    bench.accepted++;
    await bench.end(false);
    expect(bench.drains).toBe(1);
  });

  test('one whose event loop is empty once more has gone on, and is drained again', async () => {
    bench.accepted++;
    await bench.end(false);
    await bench.end(true);
    expect(bench.drains).toBe(2);
  });

  test('calls rest, so that they keep no process alive, until the program has gone on', async () => {
    expect(bench.calls.at(-1)).toBe('rest');
    bench.clock.advance(99);
    expect(bench.calls).not.toContain('go on');
    bench.clock.advance(1);
    expect(bench.calls.at(-1)).toBe('go on');
    bench.clock.advance(10_000);
    expect(bench.calls.filter((call) => call === 'go on')).toHaveLength(1);
  });

  test('an exit may wait again once the program has gone on', () => {
    bench.clock.advance(100);
    emit('exit');
    expect(bench.calls.slice(-2)).toEqual(['hand over', 'settle']);
  });
});

test('a program that logs each time its event loop is empty comes to its end', async () => {
  for (let round = 0; round < 11; round++) {
    bench.accepted++;
    await bench.end(true);
  }
  expect(bench.drains).toBe(10);

  bench.clock.advance(100);
  bench.accepted++;
  await bench.end(true);
  expect(bench.drains).toBe(11);
});

test('what listeners of `beforeExit` log that are called later is drained too', async () => {
  bench.isDrained = true;
  emit('beforeExit');
  bench.isDrained = false;
  await promisesRun();
  expect(bench.drains).toBe(1);
});

test('an exit in a hurry may wait', () => {
  emit('exit');
  expect(bench.calls).toEqual(['hand over', 'settle']);
});

test('so may one while a drain is under way', async () => {
  await empty();
  emit('exit');
  expect(bench.calls.slice(-2)).toEqual(['hand over', 'settle']);
});

test('once it has left, it hears of nothing', async () => {
  bench.leave();
  await empty();
  emit('exit');
  expect(bench.calls).toEqual([]);
});
