import * as fc from 'fast-check';
import type { EncodedBatch } from '../../../runtime/batch/encoded-batch.js';
import { DeliveryQueue, type Delivery } from '../../../runtime/queue/delivery-queue.js';
import { batchAt, batchOf, event, linesOf, NOW_MS } from '../../support/events.js';

/** A batch with events at these times, in milliseconds of the test. */
const at = (...times: number[]): EncodedBatch => batchAt(...times.map((time) => NOW_MS + time));

function queueOf(...batches: EncodedBatch[]): DeliveryQueue {
  const queue = new DeliveryQueue();
  for (const batch of batches) queue.push(batch, NOW_MS);
  return queue;
}

function touch(a: EncodedBatch, b: EncodedBatch): boolean {
  const times = (batch: EncodedBatch): Set<number> =>
    new Set(
      Array.from(
        { length: batch.lastTimestamp - batch.firstTimestamp + 1 },
        (_, index) => batch.firstTimestamp + index,
      ),
    );
  return [...times(a)].some((time) => times(b).has(time));
}

/** Hands everything out that may go now. */
function startAll(queue: DeliveryQueue): Delivery[] {
  const started: Delivery[] = [];
  for (let next = queue.next(); next; next = queue.next()) {
    next.state = 'inFlight';
    started.push(next);
  }
  return started;
}

/** Sums over what is there, to compare the queue's own sums with. */
function sums(queue: DeliveryQueue): [number, number] {
  const batches = queue.deliveries.map(({ batch }) => batch);
  return [
    batches.reduce((sum, { count }) => sum + count, 0),
    batches.reduce((sum, { heldBytes }) => sum + heldBytes, 0),
  ];
}

describe('laws', () => {
  const spans = fc.record({
    kind: fc.constant('push' as const),
    from: fc.nat(20),
    length: fc.nat(6),
    count: fc.integer({ min: 1, max: 4 }),
  });
  const picks = fc.record({
    kind: fc.constantFrom(
      'settle' as const,
      'backOff' as const,
      'wake' as const,
      'divide' as const,
      'takeOut' as const,
    ),
    pick: fc.nat(),
  });
  const steps = fc.array(fc.oneof(spans, picks, fc.constant({ kind: 'start' as const })), { maxLength: 50 });
  type Step = typeof steps extends fc.Arbitrary<(infer Each)[]> ? Each : never;

  function act(step: Exclude<Step, { kind: 'push' } | { kind: 'start' }>, queue: DeliveryQueue): void {
    const wanted = {
      settle: 'inFlight',
      backOff: 'inFlight',
      divide: 'inFlight',
      wake: 'backingOff',
      takeOut: 'waiting',
    }[step.kind];
    const suited = queue.deliveries.filter(({ state }) => state === wanted);
    const delivery = suited[step.pick % Math.max(1, suited.length)];
    if (!delivery) return;
    if (step.kind === 'settle') queue.remove(delivery);
    if (step.kind === 'backOff') delivery.state = 'backingOff';
    if (step.kind === 'wake') delivery.state = 'waiting';
    if (step.kind === 'divide')
      queue.replace(
        delivery,
        delivery.batch.partition((_, index) => index < delivery.batch.count >> 1),
      );
    if (step.kind === 'takeOut') queue.takeOut(delivery, () => true, 1);
  }

  function batchFor({ from, length, count }: { from: number; length: number; count: number }): EncodedBatch {
    return at(
      from,
      ...Array.from({ length: count }, (_, index) => from + (length * (index + 1)) / count).map(Math.floor),
    );
  }

  test('two batches with a millisecond in common are never in flight together, and the earlier one goes first', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const queue = new DeliveryQueue();
        for (const step of taken) {
          if (step.kind === 'push') queue.push(batchFor(step), NOW_MS);
          else if (step.kind === 'start') {
            const next = queue.next();
            if (!next) continue;
            const earlier = queue.deliveries.slice(0, queue.deliveries.indexOf(next));
            expect(earlier.filter(({ batch }) => touch(batch, next.batch))).toEqual([]);
            next.state = 'inFlight';
          } else act(step, queue);
          const flying = queue.deliveries
            .filter(({ state }) => state === 'inFlight')
            .map(({ batch }) => batch);
          for (const [index, batch] of flying.entries()) {
            expect(flying.slice(index + 1).some((other) => touch(batch, other))).toBe(false);
          }
        }
      }),
    );
  });

  test('its sums are the sums of what is there, and nothing empty is there', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const queue = new DeliveryQueue();
        for (const step of taken) {
          if (step.kind === 'push') queue.push(batchFor(step), NOW_MS);
          else if (step.kind === 'start') startAll(queue);
          else act(step, queue);
          expect([queue.events, queue.bytes]).toEqual(sums(queue));
          expect(queue.deliveries.every(({ batch }) => batch.count > 0)).toBe(true);
        }
      }),
    );
  });

  /** By its definition, however many batches there are. */
  function nextOf(queue: DeliveryQueue, isStrict: boolean): Delivery | undefined {
    const isSuspect = ({ batch, refusals, state }: Delivery): boolean =>
      batch.count === 1 && refusals > 0 && state === 'backingOff';
    return queue.deliveries.find(
      ({ state, batch }, index, all) =>
        state === 'waiting' &&
        all
          .slice(0, index)
          .every((earlier) => isSuspect(earlier) || !(isStrict || touch(earlier.batch, batch))),
    );
  }

  test('what may go is the first that waits and has not to wait for an earlier one that is above suspicion', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), fc.infiniteStream(fc.nat(1)), (taken, isStrict, refusals) => {
        const queue = new DeliveryQueue();
        for (const step of taken) {
          if (step.kind === 'push')
            queue.push(batchFor(step), NOW_MS).refusals = refusals.next().value as number;
          else if (step.kind === 'start') {
            const next = queue.next(isStrict);
            if (next) next.state = 'inFlight';
          } else act(step, queue);
          expect(queue.next(isStrict)).toBe(nextOf(queue, isStrict));
        }
      }),
    );
  });

  test('it cannot get stuck: while something is there and nothing is in flight or backs off, something may go', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const queue = new DeliveryQueue();
        for (const step of taken) {
          if (step.kind === 'push') queue.push(batchFor(step), NOW_MS);
          else if (step.kind === 'start') startAll(queue);
          else act(step, queue);
          const isIdle = queue.deliveries.every(({ state }) => state === 'waiting');
          if (isIdle) expect(queue.next() !== undefined).toBe(queue.deliveries.length > 0);
        }
      }),
    );
  });
});

describe('what may go now', () => {
  test.each([
    [1, 1],
    [2, 1],
    [3, 2],
  ])('1 to 2, then %d to 9: %d together', (from, together) => {
    expect(startAll(queueOf(at(1, 2), at(from, 9)))).toHaveLength(together);
  });

  test.each([
    [8, 2],
    [9, 1],
    [10, 1],
  ])('9 to 10, then 1 to %d: %d together', (to, together) => {
    expect(startAll(queueOf(at(9, 10), at(1, to)))).toHaveLength(together);
  });

  test('a batch waits for every earlier one, also for one that waits or backs off itself', () => {
    const queue = queueOf(at(1, 3), at(3, 5), at(5, 7), at(8));
    const [first, last] = startAll(queue);
    expect([first?.sequence, last?.sequence]).toEqual([1, 4]);
    first!.state = 'backingOff';
    expect(queue.next()).toBeUndefined();
    queue.remove(first!);
    expect(queue.next()?.sequence).toBe(2);
  });

  test('one that was sealed later may overtake where no millisecond is shared', () => {
    const queue = queueOf(at(1), at(2));
    queue.next()!.state = 'backingOff';
    expect(queue.next()?.sequence).toBe(2);
  });

  test('an empty queue has none', () => {
    expect(new DeliveryQueue().next()).toBeUndefined();
  });
});

describe('parts of a batch', () => {
  test('stand in its place, in order, with its sequence and age, and begin anew', () => {
    const queue = queueOf(at(0), at(1, 2, 3), at(4));
    const divided = queue.deliveries[1]!;
    Object.assign(divided, { state: 'inFlight', attempts: 4, repairs: 2, refusals: 3, refusedAfter: 1 });
    queue.replace(
      divided,
      divided.batch.partition((_, index) => index < 1),
    );
    expect(queue.deliveries.map(({ sequence, batch }) => [sequence, batch.count])).toEqual([
      [1, 1],
      [2, 1],
      [2, 2],
      [3, 1],
    ]);
    expect(queue.deliveries[2]).toMatchObject({
      state: 'waiting',
      attempts: 0,
      refusals: 3,
      refusedAfter: 1,
      sealedAtMs: NOW_MS,
    });
    expect(queue.has(divided)).toBe(false);
  });

  test('are both settled before the batch counts as settled', () => {
    const queue = queueOf(at(1, 2));
    const [divided] = queue.deliveries;
    queue.replace(
      divided!,
      divided!.batch.partition((_, index) => index < 1),
    );
    queue.push(at(9), NOW_MS);
    expect(queue.isSettledUpTo(1)).toBe(false);
    queue.remove(queue.deliveries[0]!);
    expect(queue.isSettledUpTo(1)).toBe(false);
    queue.remove(queue.deliveries[0]!);
    expect([queue.isSettledUpTo(1), queue.isSettledUpTo(2), queue.lastSequence]).toEqual([true, false, 2]);
  });
});

test('sequences are given once', () => {
  const queue = queueOf(at(1));
  queue.remove(queue.deliveries[0]!);
  queue.push(at(1), NOW_MS);
  expect([queue.deliveries[0]!.sequence, queue.lastSequence]).toEqual([2, 2]);
});

test('taking out what is gone changes nothing', () => {
  const queue = queueOf(at(1), at(2));
  const [first] = queue.deliveries;
  queue.remove(first!);
  queue.remove(first!);
  expect([queue.has(first!), queue.events, queue.deliveries.length]).toEqual([false, 1, 1]);
});

describe('making room', () => {
  const ranked = batchOf([
    event('a'.repeat(60), NOW_MS, 3),
    event('b'.repeat(60), NOW_MS, 1),
    event('c'.repeat(60), NOW_MS, 1),
    event('d'.repeat(60), NOW_MS, 1),
  ]);
  /** What one of these events takes in the body. */
  const [{ start, end } = { start: 0, end: 0 }] = ranked.slots;
  const size = end - start;

  test.each([
    [size - 1, 'b', 'acd'],
    [size, 'b', 'acd'],
    [size + 1, 'bc', 'ad'],
    [10 * size, 'bcd', 'a'],
  ])('to free %d bytes it takes the oldest that are wanted: %s', (minBytes, taken, left) => {
    const queue = queueOf(ranked);
    const [delivery] = queue.deliveries;
    const out = queue.takeOut(delivery!, ({ rank }) => rank === 1, minBytes);
    const initials = (batch: EncodedBatch): string =>
      linesOf(batch)
        .map((line) => line[0])
        .join('');
    expect([initials(out), initials(delivery!.batch)]).toEqual([taken, left]);
    expect([queue.events, queue.bytes]).toEqual(sums(queue));
  });

  test('a batch of which nothing is left leaves', () => {
    const queue = queueOf(ranked);
    const [delivery] = queue.deliveries;
    expect(queue.takeOut(delivery!, () => true, 10_000).count).toBe(4);
    expect([queue.deliveries, queue.events, queue.bytes, queue.isSettledUpTo(1)]).toEqual([[], 0, 0, true]);
  });
});
