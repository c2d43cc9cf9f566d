import * as fc from 'fast-check';
import type { CloudWatchSinkOptions } from '../../../runtime/sink-options.js';
import { NOW_MS } from '../../support/events.js';
import { errorNamed, type Reply } from '../../support/fake-port.js';
import { promisesRun } from '../../support/manual-clock.js';
import { LINGER_MS, SinkBench } from '../../support/sink-bench.js';

const THROTTLED = (): Error => errorNamed('ThrottlingException');
const MISSING = (): Error => errorNamed('ResourceNotFoundException');
const times = (count: number, reply: () => Reply): Reply[] => Array.from({ length: count }, reply);

const MAX_SPACING_MS = 60_000;
/** After a throttled call: half of the longest time between calls. */
const MAX_PAUSE_MS = 30_000;

/** Answers of the service: throttled or not. */
const replies = fc
  .array(fc.boolean(), { maxLength: 12 })
  .map((all) => all.map((isThrottled) => (isThrottled ? THROTTLED() : 'ok')));
const gapsMs = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 12 });

/** Writes one event after each gap, named by its number. */
async function writeAll(bench: SinkBench, gaps: readonly number[]): Promise<string[]> {
  const names = gaps.map((_, index) => `e${index}`);
  for (const [index, gapMs] of gaps.entries()) {
    bench.write(names[index]!);
    await promisesRun();
    await bench.advance(gapMs, 1_000);
  }
  return names;
}

describe('laws, whatever is throttled', () => {
  test('everything is delivered, once each throttled call has cost its pause', async () => {
    await fc.assert(
      fc.asyncProperty(replies, gapsMs, fc.constantFrom(1, 3, 100), async (puts, gaps, batchSize) => {
        const throttled = puts.filter((reply) => reply !== 'ok').length;
        const bench = new SinkBench({ putLogEvents: puts }, { batchSize });
        await writeAll(bench, gaps);
        await bench.advance(throttled * MAX_PAUSE_MS + MAX_SPACING_MS + 2 * LINGER_MS, 1_000);

        expect(bench.sink.stats()).toMatchObject({ delivered: gaps.length, pending: 0 });
        await bench.end();
      }),
      { numRuns: 30 },
    );
  });

  const settings = fc.record({
    batchSize: fc.constantFrom(1, 3, 100),
    ordered: fc.boolean(),
    maxConcurrency: fc.constantFrom(1, 2, 4),
    batchTimeoutSeconds: fc.constantFrom(0.001, 2, 86_400),
    retryBaseDelay: fc.constantFrom(0.001, 0.5, 3_600),
    circuitBreakerThreshold: fc.constantFrom(1, 5),
  });

  test('a close delivers everything in the time that it has, in order where that is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(settings, replies, replies, gapsMs, async (options, puts, streams, gaps) => {
        const bench = new SinkBench(
          { putLogEvents: [MISSING(), ...puts], createLogStream: streams },
          options,
        );
        const names = await writeAll(bench, gaps);
        const closed = bench.sink.close({ deadlineMs: 60_000 });
        await bench.advance(60_000, 500);

        expect(await closed).toMatchObject({ accepted: names.length, delivered: names.length, pending: 0 });
        if (options.ordered) expect([...new Set(bench.sent.flat())]).toEqual(names);
      }),
      { numRuns: 30 },
    );
  });
});

describe('how long an event is held for the sake of the quota', () => {
  /** The longest time from a log call to the call that has it, for one event each step. */
  async function longestMs(options: CloudWatchSinkOptions, puts: Reply[], stepMs: number): Promise<number> {
    const writtenAtMs = new Map<string, number>();
    let longest = 0;
    const bench = new SinkBench({}, { batchSize: 10_000, maxBatchAgeSeconds: 1_209_600, ...options });
    const { port, clock } = bench;
    jest.spyOn(port, 'putLogEvents').mockImplementation(async (_target, body) => {
      const reply = puts.shift() ?? 'ok';
      if (reply instanceof Error) throw reply;
      port.bodies.push(body);
      for (const name of bench.sent.at(-1)!) {
        longest = Math.max(longest, clock.now() - writtenAtMs.get(name)!);
        writtenAtMs.delete(name);
      }
      return { requestId: 'r' };
    });
    const write = (name: string): void => {
      writtenAtMs.set(name, clock.now());
      bench.write(name);
    };
    write('first');
    while (bench.sink.stats().delivered === 0) await bench.advance(stepMs);
    longest = 0;
    for (let step = 0; step < 200; step++) {
      write(`e${step}`);
      await bench.advance(stepMs);
    }
    for (const atMs of writtenAtMs.values()) longest = Math.max(longest, clock.now() - atMs);
    await bench.end();
    return longest;
  }

  test.each([
    ['the default settings', {}, LINGER_MS, 1_000],
    ['the shortest linger', { batchTimeoutSeconds: 0.001 }, 1, 1_000],
    ['the longest one', { batchTimeoutSeconds: 86_400 }, 86_400_000, 1_800_000],
    ['the shortest delay of retries', { retryBaseDelay: 0.001 }, LINGER_MS, 1_000],
    ['the longest one', { retryBaseDelay: 3_600 }, LINGER_MS, 60_000],
  ])('a minute and the linger at the most, while calls succeed: %s', async (_, options, lingerMs, stepMs) => {
    const longest = await longestMs(options, times(8, THROTTLED), stepMs);

    expect(longest).toBeLessThanOrEqual(lingerMs + MAX_SPACING_MS + stepMs);
    expect(await longestMs(options, [], stepMs)).toBeLessThanOrEqual(lingerMs + stepMs);
  });
});

describe('while every call is throttled', () => {
  test('a close ends at its deadline, and diverts what is left', async () => {
    const bench = new SinkBench({ putLogEvents: times(500, THROTTLED) }, { batchSize: 2 });
    await writeAll(bench, [0, 0, 5_000, 40_000, 0]);
    const closed = bench.sink.close({ deadlineMs: 5_000 });
    await bench.advance(5_000, 100);

    expect(await closed).toMatchObject({ delivered: 0, pending: 0, diverted: { byReason: { deadline: 5 } } });
    expect(bench.clock.waiting).toEqual([]);
  });

  test('whoever waits for room goes on once calls are accepted again', async () => {
    const bench = new SinkBench({ putLogEvents: times(6, THROTTLED) }, { batchSize: 100, maxQueueEvents: 4 });
    await writeAll(bench, [3_000, 0, 0, 0]);
    expect(bench.sink.needsDrain).toBe(true);
    let isReady = false;
    void bench.sink.ready().then(() => (isReady = true));
    await bench.advance(6 * MAX_PAUSE_MS, 500);

    expect(isReady).toBe(true);
    await bench.end();
  });

  test('a stream that is missing costs no call but its creation', async () => {
    const bench = new SinkBench({ putLogEvents: [MISSING()], createLogStream: times(3, THROTTLED) });
    await writeAll(
      bench,
      times(10, () => 'ok').map(() => 5_000),
    );
    await bench.advance(100_000, 1_000);

    expect(bench.port.calls.slice(0, 5)).toEqual([
      'putLogEvents',
      ...Array<string>(4).fill('createLogStream'),
    ]);
    expect(bench.sink.stats()).toMatchObject({ delivered: 10, pending: 0 });
    expect(bench.clock.now() - NOW_MS).toBe(150_000);
    await bench.end();
  });

  test('a call that hangs meanwhile, and opens the circuit breaker, does not stop delivery for good', async () => {
    const bench = new SinkBench(
      { putLogEvents: [MISSING(), 'hang'], createLogStream: times(3, THROTTLED) },
      { circuitBreakerThreshold: 1 },
    );
    await writeAll(bench, [1, 1]);
    await bench.advance(300_000, 1_000);

    expect(bench.sink.stats()).toMatchObject({ delivered: 2, pending: 0 });
    await bench.end();
  });
});
