import { errorNamed, type Reply } from '../support/fake-port.js';
import { promisesRun } from '../support/manual-clock.js';
import { SinkBench } from '../support/sink-bench.js';
import type { FlushOptions } from '../../runtime/sink-port.js';

const THROTTLED = (): Error => errorNamed('ThrottlingException');
const MISSING = (): Error => errorNamed('ResourceNotFoundException');

/** Half of the time between calls after one throttled call, which is three lingers of 1.7 s. */
const PAUSE_MS = 2_550;

/** A sink whose only call was throttled just now. */
async function throttled(...further: Reply[]): Promise<SinkBench> {
  const bench = new SinkBench({ putLogEvents: [THROTTLED(), ...further] });
  bench.write('a');
  await promisesRun();
  expect(bench.sent).toEqual([['a']]);
  return bench;
}

/** Flushes, and says by what time that was over; no time passes but what is given. */
async function flushed(bench: SinkBench, options: FlushOptions, afterMs: number): Promise<boolean> {
  let isOver = false;
  void bench.sink.flush(options).then(() => (isOver = true));
  await promisesRun();
  bench.clock.advance(afterMs);
  await promisesRun();
  return isOver;
}

const DIVERTED = { delivered: 0, pending: 0, diverted: { total: 1, byReason: { flushDeadline: 1 } } };

describe('a flush while a pause after throttling is on', () => {
  test.each([
    ['outlasts its deadline', PAUSE_MS - 1],
    ['ends with its deadline', PAUSE_MS],
  ])('that may divert gives way at once if the pause %s', async (_, deadlineMs) => {
    const bench = await throttled();

    expect(await flushed(bench, { deadlineMs, leftover: 'divert' }, 0)).toBe(true);
    expect(bench.sink.stats()).toMatchObject(DIVERTED);
    expect(bench.diverted).toHaveLength(1);
    await bench.end();
  });

  test('that may divert gives way at once if its own call is what is throttled', async () => {
    const bench = new SinkBench({ putLogEvents: [THROTTLED()] }, { batchSize: 10 });
    bench.write('a');

    expect(await flushed(bench, { deadlineMs: PAUSE_MS - 1, leftover: 'divert' }, 0)).toBe(true);
    expect(bench.sent).toEqual([['a']]);
    expect(bench.sink.stats()).toMatchObject(DIVERTED);
    await bench.end();
  });

  test('that may divert waits if the pause ends before its deadline', async () => {
    const bench = await throttled();
    const options: FlushOptions = { deadlineMs: PAUSE_MS + 1, leftover: 'divert' };

    expect(await flushed(bench, options, 0)).toBe(false);
    await bench.advance(PAUSE_MS);
    expect(bench.sink.stats()).toMatchObject({ delivered: 1, pending: 0, diverted: { total: 0 } });
    await bench.end();
  });

  test('that keeps what is left waits until its deadline', async () => {
    const bench = await throttled();

    expect(await flushed(bench, { deadlineMs: 1_000, leftover: 'keep' }, 999)).toBe(false);
    expect(await flushed(bench, { deadlineMs: 1, leftover: 'keep' }, 1)).toBe(true);
    expect(bench.sink.stats()).toMatchObject({ delivered: 0, pending: 1, diverted: { total: 0 } });
    await bench.advance(PAUSE_MS);
    expect(bench.sink.stats()).toMatchObject({ delivered: 1, pending: 0 });
    await bench.end();
  });

  test.each(['keep', 'divert'] as const)(
    'without a deadline waits as long as it takes: %s',
    async (leftover) => {
      const bench = await throttled(THROTTLED(), THROTTLED());

      expect(await flushed(bench, { leftover }, 0)).toBe(false);
      const over = bench.sink.flush({ leftover });
      await bench.advance(60_000, 500);
      expect(await over).toMatchObject({ delivered: 1, pending: 0, diverted: { total: 0 } });
      await bench.end();
    },
  );

  test('gives way as well while the stream cannot be made', async () => {
    const bench = new SinkBench({ putLogEvents: [MISSING()], createLogStream: [THROTTLED()] });
    bench.write('a');
    await promisesRun();

    expect(await flushed(bench, { deadlineMs: 3_000, leftover: 'divert' }, 0)).toBe(true);
    expect(bench.sink.stats()).toMatchObject(DIVERTED);
    await bench.end();
  });
});

test('the first flush after the pause delivers, in a process that was frozen meanwhile', async () => {
  const bench = await throttled();
  expect(await flushed(bench, { deadlineMs: 1_000, leftover: 'divert' }, 0)).toBe(true);
  bench.clock.elapse(600_000);
  bench.write('b');

  expect(await flushed(bench, { deadlineMs: 1_000, leftover: 'divert' }, 1)).toBe(true);
  expect(bench.sent).toEqual([['a'], ['b']]);
  expect(bench.sink.stats()).toMatchObject({ accepted: 2, delivered: 1, pending: 0, diverted: { total: 1 } });
  await bench.end();
});

test('a flush under throttling does not wait for the turn of the batch that is being filled', async () => {
  const bench = new SinkBench({ putLogEvents: [THROTTLED()] }, { batchSize: 100 });
  bench.write('a');
  await bench.advance(10_000, 100);
  const { length } = bench.sent;
  expect(length).toBe(2);
  bench.write('b');
  await bench.sink.flush({ deadlineMs: 1_000, leftover: 'divert' });

  expect(bench.sent.slice(2)).toEqual([['b']]);
  await bench.end();
});
