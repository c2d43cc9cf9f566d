import * as fc from 'fast-check';
import type { EncodedBatch } from '../../../runtime/batch/encoded-batch.js';
import { DeliveryQueue, type Delivery } from '../../../runtime/queue/delivery-queue.js';
import { makeRoom as makeRoomWith, moveOut, type OverflowPolicy } from '../../../runtime/queue/overflow.js';
import { batchOf, event, linesOf, NOW_MS } from '../../support/events.js';

const unsealedOf = (ranks: readonly number[], seal: () => void) => ({
  open: { count: ranks.length, bytes: 0, bytesFor: () => 0, lowestRank: Math.min(...ranks) },
  seal,
});

const nothing = unsealedOf([], () => fail('there is nothing to seal'));

function fail(reason: string): never {
  throw new Error(reason);
}

function makeRoom(queue: DeliveryQueue, policy: OverflowPolicy, rank: number, bytes: number): EncodedBatch[] {
  return makeRoomWith(queue, nothing, policy, rank, { bytes: Math.max(bytes, 65_536), events: 1 });
}

/** More than is freed at a time, so that one event is enough. */
const LARGE = 'x'.repeat(70_000);

/** A batch with an event of each of these ranks; each begins with its name, such as `b2`. */
function batch(name: string, ranks: readonly number[], filling = LARGE): EncodedBatch {
  return batchOf(ranks.map((rank, index) => event(`${name}${index}${filling}`, NOW_MS, rank)));
}

function queueOf(...batches: EncodedBatch[]): DeliveryQueue {
  const queue = new DeliveryQueue();
  for (const each of batches) queue.push(each, NOW_MS);
  return queue;
}

const namesIn = (of: readonly EncodedBatch[]): string[] =>
  of.flatMap(linesOf).map((line) => line.slice(0, 2));

const left = (queue: DeliveryQueue): string[] =>
  namesIn(queue.deliveries.map(({ batch: waiting }) => waiting));

describe('laws', () => {
  const batches = fc.array(
    fc.record({
      ranks: fc.array(fc.nat(5), { minLength: 1, maxLength: 5 }),
      state: fc.constantFrom<Delivery['state']>('waiting', 'inFlight', 'backingOff'),
    }),
    { maxLength: 5 },
  );

  const policies = fc.constantFrom<OverflowPolicy>('shed', 'drop_oldest', 'drop_newest');

  function built(parts: readonly { ranks: number[]; state: Delivery['state'] }[]): DeliveryQueue {
    const queue = queueOf(
      ...parts.map(({ ranks }, index) => batch(String.fromCharCode(97 + index), ranks, 'x'.repeat(30_000))),
    );
    for (const [index, { state }] of parts.entries()) queue.deliveries[index]!.state = state;
    return queue;
  }

  test('what leaves and what stays is what was there; what is in flight stays, and each step frees something', () => {
    fc.assert(
      fc.property(batches, policies, fc.nat(5), (parts, policy, rank) => {
        const queue = built(parts);
        const flying = queue.deliveries.filter(({ state }) => state === 'inFlight');
        const bodies = flying.map(({ batch: { body } }) => body);
        const before = left(queue).toSorted();
        const bytes = queue.bytes;
        const removed = makeRoom(queue, policy, rank, 1_000);
        expect([...namesIn(removed), ...left(queue)].toSorted()).toEqual(before);
        expect(flying.map(({ batch: { body } }) => body)).toEqual(bodies);
        expect(flying.every((delivery) => queue.has(delivery))).toBe(true);
        expect(removed.every(({ count }) => count > 0)).toBe(true);
        if (removed.length > 0) expect(queue.bytes).toBeLessThan(bytes);
      }),
    );
  });

  test('shedding never costs an event that matters more than the new one, nor one that matters more than one that stays', () => {
    fc.assert(
      fc.property(batches, fc.nat(5), (parts, rank) => {
        const queue = built(parts);
        const removed = makeRoom(queue, 'shed', rank, 1_000);
        const free = queue.deliveries.filter(({ state }) => state !== 'inFlight');
        const remaining = free.flatMap(({ batch: { slots } }) => [...slots.ranks]);
        const gone = removed.flatMap(({ slots }) => [...slots.ranks]);
        expect(Math.max(-1, ...gone)).toBeLessThanOrEqual(Math.min(rank, ...remaining));
        if (removed.length === 0) expect(Math.min(Infinity, ...remaining)).toBeGreaterThan(rank);
      }),
    );
  });
});

describe('shed', () => {
  test.each<[number, string[]]>([
    [0, []],
    [1, ['a1']],
    [2, ['a1']],
  ])('a new event of rank %d, with a lowest rank of 1: out goes %j', (rank, out) => {
    expect(namesIn(makeRoom(queueOf(batch('a', [3, 1, 1]), batch('b', [1, 5])), 'shed', rank, 100))).toEqual(
      out,
    );
  });

  test('the lowest level first and of that the oldest, errors last', () => {
    const queue = queueOf(batch('a', [4, 2]), batch('b', [1, 2]), batch('c', [1, 5]));
    const order: string[] = [];
    for (
      let removed = makeRoom(queue, 'shed', 5, 100);
      removed.length > 0;
      removed = makeRoom(queue, 'shed', 5, 100)
    ) {
      order.push(...namesIn(removed));
    }
    expect(order).toEqual(['b0', 'c0', 'a1', 'b1', 'a0', 'c1']);
    expect(queue.deliveries).toEqual([]);
  });
});

describe('drop_oldest', () => {
  test('takes from the oldest batch, whatever the level', () => {
    const queue = queueOf(batch('a', [5, 0]), batch('b', [0]));
    expect(namesIn(makeRoom(queue, 'drop_oldest', 0, 100))).toEqual(['a0']);
    expect(left(queue)).toEqual(['a1', 'b0']);
  });

  test('steps over what is in flight', () => {
    const queue = queueOf(batch('a', [0]), batch('b', [5]));
    queue.deliveries[0]!.state = 'inFlight';
    expect(namesIn(makeRoom(queue, 'drop_oldest', 0, 100))).toEqual(['b0']);
  });
});

test('drop_newest takes nothing', () => {
  const queue = queueOf(batch('a', [0]));
  expect(makeRoom(queue, 'drop_newest', 5, 100)).toEqual([]);
  expect(left(queue)).toEqual(['a0']);
});

test.each<OverflowPolicy>(['shed', 'drop_oldest', 'drop_newest'])(
  '%s: where everything is in flight, the new one goes',
  (policy) => {
    const queue = queueOf(batch('a', [0]));
    queue.deliveries[0]!.state = 'inFlight';
    expect(makeRoom(queue, policy, 5, 100)).toEqual([]);
    expect(makeRoom(new DeliveryQueue(), policy, 5, 100)).toEqual([]);
  },
);

describe('how much is freed at a time', () => {
  /** Events that take a kibibyte of the body each. */
  const kibibytes = (count: number): EncodedBatch =>
    batchOf(Array.from({ length: count }, (_, index) => event(String(index).padStart(984, '.'), NOW_MS, 0)));

  test.each([
    ['64 KiB, because every time copies a body', 100, 64],
    ['64 KiB, also for one of just that size', 65_536, 64],
    ['what is needed, if that is more', 65_537, 65],
  ])('%s', (_, neededBytes, count) => {
    const [removed = batchOf([])] = makeRoom(queueOf(kibibytes(100)), 'shed', 5, neededBytes);
    expect([removed.count, removed.slots.end(0) - removed.slots.start(0)]).toEqual([count, 1_024]);
  });
});

test('many small batches make room together, the oldest first', () => {
  const queue = queueOf(...Array.from({ length: 100 }, () => batch('a', [0], 'x'.repeat(2_000))));
  const bytes = queue.bytes;
  const removed = makeRoom(queue, 'shed', 5, 100);

  expect(bytes - queue.bytes).toBeGreaterThanOrEqual(65_536);
  expect(bytes - queue.bytes - removed.at(-1)!.heldBytes).toBeLessThan(65_536);
  expect(queue.oldest?.sequence).toBe(removed.length + 1);
});

describe('the batch that is being filled', () => {
  const unsealed = (queue: DeliveryQueue, ranks: readonly number[]) =>
    unsealedOf(ranks, () => queue.push(batch('u', ranks), NOW_MS));

  test.each([
    ['shed', 2, [3, 1], [], ['u1']],
    ['shed', 2, [3, 1], [2, 2], ['u1']],
    ['shed', 0, [3, 1], [], []],
    ['shed', 2, [3, 2], [1, 2], ['a0']],
    ['drop_oldest', 0, [3, 1], [], ['u0']],
    ['drop_oldest', 0, [3, 1], [5], ['a0']],
    ['drop_newest', 5, [0], [], []],
  ] as const)(
    '%s, a new event of rank %d: of %j unsealed and %j sealed, %j leaves',
    (policy, rank, open, sealed, gone) => {
      const queue = sealed.length > 0 ? queueOf(batch('a', sealed)) : new DeliveryQueue();

      expect(
        namesIn(makeRoomWith(queue, unsealed(queue, open), policy, rank, { bytes: 100, events: 1 })),
      ).toEqual(gone);
    },
  );
});

describe('what moves out', () => {
  const small = (name: string): EncodedBatch => batch(name, [2], '');
  const refuse = (): boolean => false;

  function kept(queue: DeliveryQueue, unsealed = nothing): string[] {
    let moved: EncodedBatch | undefined;
    const isMoved = moveOut(queue, unsealed, (each) => (moved = each) === each);
    expect(isMoved).toBe(moved !== undefined);
    return namesIn(moved ? [moved] : []);
  }

  test('is the oldest batch, whole, that is not in flight', () => {
    const queue = queueOf(small('a'), small('b'), small('c'));
    queue.deliveries[0]!.state = 'inFlight';
    expect(kept(queue)).toEqual(['b0']);
    expect(left(queue)).toEqual(['a0', 'c0']);
  });

  test('is the batch that is being filled, if nothing else can', () => {
    const queue = queueOf(small('a'));
    queue.deliveries[0]!.state = 'inFlight';
    expect(
      kept(
        queue,
        unsealedOf([2], () => queue.push(small('b'), NOW_MS)),
      ),
    ).toEqual(['b0']);
    expect(left(queue)).toEqual(['a0']);
  });

  test('stays if it is refused', () => {
    const queue = queueOf(small('a'));
    expect(moveOut(queue, nothing, refuse)).toBe(false);
    expect(left(queue)).toEqual(['a0']);
  });

  test('is nothing if there is nothing', () => {
    expect(kept(queueOf())).toEqual([]);
  });
});
