import * as fc from 'fast-check';
import { LEVELS } from '../../contract/levels.js';
import { isBalanced } from '../../runtime/ack/ledger.js';
import type { LogRecord } from '../../runtime/log-record.js';
import type { CallRecord } from '../../local/index.js';
import { SinkBench } from '../support/sink-against-server.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_PAST_MS = 14 * DAY_MS;
const MAX_FUTURE_MS = 2 * HOUR_MS;
const MIB = 1_048_576;

let bench: SinkBench;

beforeEach(async () => {
  bench = await SinkBench.start();
});

afterEach(() => bench.stop());

describe('law: any list of records is delivered once and in order, and the service refuses no call', () => {
  /** A run of records: where in time it begins, by how much the time moves with each, and how large they are. */
  interface Run {
    readonly count: number;
    readonly fromMs: number;
    readonly stepMs: number;
    readonly padding: number;
    readonly character: string;
  }

  const starts = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: -10_000, max: 10_000 }) },
    { weight: 2, arbitrary: fc.integer({ min: -15 * DAY_MS, max: 3 * HOUR_MS }) },
    fc
      .constantFrom(-MAX_PAST_MS, MAX_FUTURE_MS, -DAY_MS, 0)
      .chain((bound) => fc.integer({ min: -2, max: 2 }).map((off) => bound + off)),
  );

  const characters = fc.constantFrom('x', '"', '\n', '€', '😀', '\ud800');

  const runs: fc.Arbitrary<Run> = fc.oneof(
    // Many small ones, within a few milliseconds or seconds.
    {
      weight: 4,
      arbitrary: fc.record({
        count: fc.integer({ min: 1, max: 1_500 }),
        fromMs: starts,
        stepMs: fc.constantFrom(0, 0, 0.4, 1, -1, 17),
        padding: fc.nat(200),
        character: characters,
      }),
    },
    // A few large ones.
    {
      weight: 2,
      arbitrary: fc.record({
        count: fc.integer({ min: 1, max: 6 }),
        fromMs: starts,
        stepMs: fc.constantFrom(0, 1, HOUR_MS),
        padding: fc.integer({ min: 10_000, max: 170_000 }),
        character: characters,
      }),
    },
    // Leaps, back and forth.
    {
      weight: 2,
      arbitrary: fc.record({
        count: fc.integer({ min: 1, max: 30 }),
        fromMs: starts,
        stepMs: fc.integer({ min: -DAY_MS, max: DAY_MS }),
        padding: fc.nat(200),
        character: characters,
      }),
    },
    // More than a call can have.
    {
      weight: 1,
      arbitrary: fc.record({
        count: fc.integer({ min: 9_990, max: 10_400 }),
        fromMs: fc.integer({ min: -100, max: 100 }),
        stepMs: fc.constantFrom(0, 0.01),
        padding: fc.nat(5),
        character: fc.constant('x'),
      }),
    },
  );

  interface Case {
    readonly runs: readonly Run[];
    readonly batchSize: number;
    readonly maxConcurrency: number;
    readonly ordered: boolean;
    readonly gzip: boolean;
  }

  const cases: fc.Arbitrary<Case> = fc.record({
    runs: fc.array(runs, { minLength: 1, maxLength: 5 }),
    batchSize: fc.constantFrom(97, 1_000, 10_000, 10_000),
    maxConcurrency: fc.constantFrom(1, 4, 8),
    ordered: fc.boolean(),
    gzip: fc.boolean(),
  });

  /** The records, each with its place in the list as its message's beginning. */
  function recordsOf(input: readonly Run[]): LogRecord[] {
    let id = 0;
    return input.flatMap(({ count, fromMs, stepMs, padding, character }) =>
      Array.from({ length: count }, (_, index) => ({
        timeMs: bench.nowMs + fromMs + index * stepMs,
        level: LEVELS[index % LEVELS.length]!,
        message: `${id++} ${character.repeat(padding)}`,
        fields: [],
      })),
    );
  }

  const timestampOf = ({ timeMs }: LogRecord): number => Math.trunc(timeMs);

  /** By millisecond, and within one in the order in which they were logged. */
  function expectedOrder(records: readonly LogRecord[]): LogRecord[] {
    return records
      .filter((record) => {
        const offsetMs = timestampOf(record) - bench.nowMs;
        return offsetMs >= -MAX_PAST_MS && offsetMs <= MAX_FUTURE_MS;
      })
      .toSorted((a, b) => timestampOf(a) - timestampOf(b));
  }

  function tally(records: readonly LogRecord[]): { total: number; byReason: Record<string, number> } {
    const offsets = records.map((record) => timestampOf(record) - bench.nowMs);
    const tooOld = offsets.filter((offsetMs) => offsetMs < -MAX_PAST_MS).length;
    const tooNew = offsets.filter((offsetMs) => offsetMs > MAX_FUTURE_MS).length;
    return {
      total: tooOld + tooNew,
      byReason: { ...(tooOld > 0 && { tooOld }), ...(tooNew > 0 && { tooNew }) },
    };
  }

  function messageOf(line: string | undefined): string {
    return (JSON.parse(line ?? '') as { message: string }).message;
  }

  test('as the server judges it', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ runs: input, ...settings }) => {
        // GIVEN a group that does not exist yet, and records
        const target = bench.newTarget();
        const sink = bench.sink({ ...target, ...settings });
        const records = recordsOf(input);
        const expected = expectedOrder(records);

        // WHEN
        for (const record of records) sink.write(record);
        const report = await sink.close();

        // THEN no call was refused, but for want of the stream
        const puts = bench.puts(target);
        const taken = puts.filter(({ errorName }) => errorName !== 'ResourceNotFoundException');
        expect(taken.filter(({ status, rejected }) => status !== 200 || rejected > 0)).toEqual([]);
        expect(taken.reduce((sum, { stored }) => sum + stored, 0)).toBe(expected.length);
        for (const { events, countedBytes, firstTimestamp = 0, lastTimestamp = 0 } of taken) {
          expect(events).toBeLessThanOrEqual(settings.batchSize);
          expect(countedBytes).toBeLessThanOrEqual(MIB);
          expect(lastTimestamp - firstTimestamp).toBeLessThanOrEqual(DAY_MS);
        }

        // and every event is there once, in order
        const stored = expected.length > 0 ? await bench.stored(target) : [];
        expect(stored.map(({ timestamp }) => timestamp)).toEqual(expected.map(timestampOf));
        expect(stored.map(({ message }) => messageOf(message))).toEqual(
          expected.map(({ message }) => message),
        );

        // and the rest is accounted for
        expect(isBalanced(report)).toBe(true);
        expect(report).toMatchObject({
          accepted: records.length,
          delivered: expected.length,
          rejected: { total: 0 },
          diverted: tally(records),
          dropped: { total: 0 },
          pending: 0,
        });
      }),
      { numRuns: 40, interruptAfterTimeLimit: 15_000 },
    );
  }, 30_000);
});

describe('efficiency', () => {
  const LINE_BYTES = 66;

  /** Calls made, over the fewest in which the service would have taken the same. */
  function score(calls: readonly CallRecord[]): number {
    const bytes = calls.reduce((sum, { countedBytes }) => sum + countedBytes, 0);
    const events = calls.reduce((sum, call) => sum + call.events, 0);
    return calls.length / Math.ceil(Math.max(bytes / MIB, events / 10_000));
  }

  /** Logs as a busy process does, which gives way now and then, and looks whether it should wait. */
  async function underLoad(
    count: number,
    messageOf: (index: number) => string,
    timeOf: (index: number) => number,
  ): Promise<readonly CallRecord[]> {
    const target = await bench.created(bench.newTarget());
    // A test that is held up for a moment must not send what is there.
    const sink = bench.sink({ ...target, batchTimeoutSeconds: 600 });
    for (let index = 0; index < count; index++) {
      sink.write({ timeMs: timeOf(index), level: 'info', message: messageOf(index), fields: [] });
      if (index % 500 === 499) await new Promise((resolve) => setImmediate(resolve));
      if (sink.needsDrain) await sink.ready();
    }
    const report = await sink.close({ deadlineMs: 30_000 });
    const calls = bench.puts(target);
    expect(calls.filter(({ status }) => status !== 200)).toEqual([]);
    expect(isBalanced(report)).toBe(true);
    expect(report).toMatchObject({ accepted: count, delivered: count, pending: 0, calls: calls.length });
    return calls;
  }

  /** Counts 250 to 400 bytes. */
  const usual = (index: number): string => 'x'.repeat(250 - 26 - LINE_BYTES + (index % 151));
  const tiny = (): string => 'x';

  test.each([
    ['20,000 of 250 to 400 bytes', 20_000, usual],
    ['100,000 of 250 to 400 bytes', 100_000, usual],
    ['240,000 tiny ones', 240_000, tiny],
  ])(
    '%s, by the clock of the process: at most 1.05 times as many calls as are needed',
    async (_, count, messageOf) => {
      expect(score(await underLoad(count, messageOf, Date.now))).toBeLessThanOrEqual(1.05);
    },
    60_000,
  );

  test('40,000 tiny ones of one millisecond: as many calls as are needed', async () => {
    const calls = await underLoad(40_000, tiny, () => bench.nowMs);
    expect(calls.map(({ events }) => events)).toEqual([10_000, 10_000, 10_000, 10_000]);
  }, 60_000);

  // What is left over so that two calls share no millisecond adds up: of few calls, one more is already a quarter.
  test('240,000 tiny ones, 170 in a millisecond: at most 1.05 times as many calls as are needed', async () => {
    const calls = await underLoad(240_000, tiny, (index) => bench.nowMs + Math.floor(index / 170));
    expect(score(calls)).toBeLessThanOrEqual(1.05);
  }, 60_000);

  test('what the cuts between milliseconds leave over costs at most one call in 32, and one', async () => {
    // 301 in a millisecond leave nearly the most that may be left.
    const calls = await underLoad(100_000, tiny, (index) => bench.nowMs + Math.floor(index / 301));
    const events = calls.map((call) => call.events);
    expect(events.reduce((sum, count) => sum + count, 0)).toBe(100_000);
    expect(events.length).toBeLessThanOrEqual(Math.ceil((10 * 32) / 31) + 1);
  }, 60_000);
});
