import * as fc from 'fast-check';
import { Batcher } from '../../../runtime/batch/batcher.js';
import type { EncodedBatch } from '../../../runtime/batch/encoded-batch.js';
import { ManualClock } from '../../support/manual-clock.js';
import {
  DAY_MS,
  event,
  eventOf,
  inOrder,
  linesOf,
  NOW_MS,
  OVERHEAD_BYTES,
  TARGET,
} from '../../support/events.js';

const LINGER_MS = 2_000;

/** What the service counts for the batch. */
function countedBytes(batch: EncodedBatch): number {
  return linesOf(batch).reduce((sum, line) => sum + Buffer.byteLength(line) + OVERHEAD_BYTES, 0);
}

class Bench {
  readonly clock = new ManualClock();
  readonly batches: EncodedBatch[] = [];
  dues = 0;
  readonly batcher: Batcher;

  /** @param answersDue whether the listener seals what is due, as the sender does unless it backs off */
  constructor(batchSize = 10_000, answersDue = true) {
    this.batcher = new Batcher(TARGET, { batchSize, lingerMs: LINGER_MS }, this.clock, {
      sealed: (batch) => this.batches.push(batch),
      due: () => {
        this.dues++;
        if (answersDue) this.batcher.sealDue();
      },
    });
  }

  get counts(): number[] {
    return this.batches.map(({ count }) => count);
  }

  add(count: number, line = 'x', timestamp = NOW_MS): void {
    for (let added = 0; added < count; added++) this.batcher.add(event(line, timestamp));
  }
}

describe('laws', () => {
  const records = fc.array(
    fc.record({
      offsetMs: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: -3 * DAY_MS, max: 3 * DAY_MS })),
      bytes: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 30, max: 300 }) },
        fc.constantFrom(300_000, 700_000),
      ),
    }),
    { maxLength: 60 },
  );

  test('every event leaves once, in order, and each batch is one that the service takes', () => {
    fc.assert(
      fc.property(records, fc.constantFrom(1, 2, 7, 10_000), (input, batchSize) => {
        const bench = new Bench(batchSize);
        const events = input.map(({ offsetMs, bytes }, index) =>
          event(String(index).padEnd(bytes - 26, '.'), NOW_MS + offsetMs),
        );
        for (const each of events) bench.batcher.add(each);
        bench.batcher.seal();
        expect(bench.batches.flatMap(linesOf).toSorted()).toEqual(events.map(({ line }) => line).toSorted());
        for (const batch of bench.batches) {
          expect(linesOf(batch)).toEqual(
            inOrder(events.filter(({ line }) => linesOf(batch).includes(line))).map(({ line }) => line),
          );
          expect(batch.count).toBeLessThanOrEqual(batchSize);
          expect(countedBytes(batch)).toBeLessThanOrEqual(1_048_576);
          expect(batch.lastTimestamp - batch.firstTimestamp).toBeLessThanOrEqual(DAY_MS);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('whatever waits is due in time, by one timer at most', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('add' as const), offsetMs: fc.nat(3) }),
        fc.constant({ kind: 'seal' as const }),
        fc.record({ kind: fc.constant('wait' as const), forMs: fc.nat(3_000) }),
      ),
    );
    fc.assert(
      fc.property(steps, fc.constantFrom(1, 3, 10_000), (taken, batchSize) => {
        const bench = new Bench(batchSize);
        let oldestMs = 0;
        for (const step of taken) {
          if (bench.batcher.open.count === 0) oldestMs = bench.clock.now();
          if (step.kind === 'add') bench.add(1, 'x', NOW_MS + step.offsetMs);
          else if (step.kind === 'seal') bench.batcher.seal();
          else bench.clock.advance(step.forMs);
          const { waiting } = bench.clock;
          expect(waiting.length).toBeLessThanOrEqual(1);
          if (bench.batcher.open.count === 0) continue;
          expect(waiting).toHaveLength(1);
          expect(bench.clock.now() - oldestMs).toBeLessThanOrEqual(LINGER_MS);
          expect(bench.clock.holdsProcess).toBe(false);
        }
      }),
    );
  });
});

describe('complete by count', () => {
  test.each([
    [49, [], 49],
    [50, [50], 0],
    [51, [50], 1],
  ])('%d events with a batch size of 50', (count, sealed, open) => {
    const bench = new Bench(50);
    bench.add(count);
    expect(bench.counts).toEqual(sealed);
    expect(bench.batcher.open.count).toBe(open);
  });

  test('at the size of 1 every event is a batch', () => {
    const bench = new Bench(1);
    bench.add(3);
    expect([bench.counts, bench.batcher.open.count, bench.batcher.open.bytes]).toEqual([[1, 1, 1], 0, 0]);
  });

  test.each([
    [9_999, []],
    [10_000, []],
    [10_001, [10_000]],
  ])("%d events at the service's own limit: the next event seals", (count, sealed) => {
    const bench = new Bench();
    bench.add(count);
    expect(bench.counts).toEqual(sealed);
  });

  test('and then the cut falls between milliseconds', () => {
    const bench = new Bench();
    bench.add(9_900, 'x', NOW_MS);
    bench.add(101, 'x', NOW_MS + 1);
    expect([bench.counts, bench.batcher.open.count]).toEqual([[9_900], 101]);
  });

  test.each([
    [312, 312 + 1],
    [313, 1],
  ])('unless that leaves more than a 32nd: %d of 10,000', (run, open) => {
    const bench = new Bench();
    bench.add(10_000 - run, 'x', NOW_MS);
    bench.add(run + 1, 'x', NOW_MS + 1);
    expect(bench.batcher.open.count).toBe(open);
  });
});

test.each([
  [1_048_575, []],
  [1_048_576, []],
  [1_048_577, [1]],
])('complete by bytes: two events of %d together', (bytes, sealed) => {
  const bench = new Bench();
  bench.batcher.add(eventOf(500_000));
  bench.batcher.add(eventOf(bytes - 500_000));
  expect(bench.counts).toEqual(sealed);
});

describe('due by age', () => {
  test.each([
    [LINGER_MS - 1, []],
    [LINGER_MS, [2]],
    [LINGER_MS + 1, [2]],
  ])('after %d ms', (waitedMs, sealed) => {
    const bench = new Bench();
    bench.add(1);
    bench.clock.advance(500);
    bench.add(1);
    bench.clock.advance(waitedMs - 500);
    expect(bench.counts).toEqual(sealed);
  });

  test('what is due stays open and fills on, until somebody takes it', () => {
    const bench = new Bench(10_000, false);
    bench.add(1);
    expect(bench.batcher.sealDue()).toBe(false);
    bench.clock.advance(LINGER_MS);
    bench.add(2);
    expect([bench.dues, bench.counts, bench.batcher.open.count]).toEqual([1, [], 3]);
    expect(bench.batcher.sealDue()).toBe(true);
    expect(bench.batcher.sealDue()).toBe(false);
    expect(bench.counts).toEqual([3]);
  });

  test('a batch that is sealed earlier takes its timer along, and the next one has its own', () => {
    const bench = new Bench(2);
    bench.add(1);
    bench.clock.advance(1_999);
    bench.add(2);
    bench.clock.advance(1_999);
    expect([bench.counts, bench.dues]).toEqual([[2], 0]);
    bench.clock.advance(1);
    expect([bench.counts, bench.dues]).toEqual([[2, 1], 1]);
  });

  test('what a cut leaves does not wait for another event', () => {
    const bench = new Bench();
    bench.add(9_900, 'x', NOW_MS);
    bench.add(100, 'x', NOW_MS + 1);
    bench.clock.advance(1_000);
    bench.add(1, 'x', NOW_MS + 1);
    bench.clock.advance(LINGER_MS);
    expect(bench.counts).toEqual([9_900, 101]);
  });
});

test('sealing nothing hands nothing on', () => {
  const bench = new Bench();
  bench.batcher.seal();
  expect([bench.counts, bench.batcher.sealDue(), bench.clock.waiting]).toEqual([[], false, []]);
});

test('the listener hears of each event before the batch is sealed that it completes', () => {
  const heard: string[] = [];
  const batcher = new Batcher(TARGET, { batchSize: 2, lingerMs: LINGER_MS }, new ManualClock(), {
    added: () => heard.push('added'),
    sealed: ({ count }) => heard.push(`sealed ${count}`),
    due: () => undefined,
  });
  for (let each = 0; each < 3; each++) batcher.add(event('x'));
  expect(heard).toEqual(['added', 'added', 'sealed 2', 'added']);
});

test.each([
  [true, [2, 2]],
  [false, [3, 1]],
])('a batch may leave its last millisecond to the next one: %p', (mayLeave, counts) => {
  const batches: EncodedBatch[] = [];
  const batcher = new Batcher(
    TARGET,
    { batchSize: 10_000, lingerMs: LINGER_MS, mayLeave },
    new ManualClock(),
    {
      sealed: (batch) => batches.push(batch),
      due: () => undefined,
    },
  );
  batcher.add(eventOf(500_000));
  batcher.add(eventOf(500_000));
  batcher.add(eventOf(100, NOW_MS + 1));
  batcher.add(eventOf(100_000, NOW_MS + 1));
  batcher.seal();
  expect(batches.map(({ count }) => count)).toEqual(counts);
});
