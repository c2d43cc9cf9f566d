import type { EncodedBatch } from '../../../runtime/batch/encoded-batch.js';
import { DeliveryQueue } from '../../../runtime/queue/delivery-queue.js';
import { Room, type RoomParts } from '../../../runtime/queue/room.js';
import { batchOf, event, linesOf, NOW_MS } from '../../support/events.js';

/** Nothing waits to be sealed. */
const NONE = {
  open: { bytes: 0, count: 0, lowestRank: Infinity, bytesFor: () => 10 },
  seal: () => undefined,
};

const holding = (bytes: number, count: number): RoomParts['unsealed'] => ({
  ...NONE,
  open: { ...NONE.open, bytes, count },
});

/** What left, when events were taken out; nothing, for a batch that went to disk. */
type Left = string | undefined;

function roomOf(
  settings: Partial<RoomParts['settings']>,
  parts: Partial<Omit<RoomParts, 'settings'>> = {},
): { readonly room: Room; readonly queue: DeliveryQueue; readonly left: Left[] } {
  const left: Left[] = [];
  const { queue = new DeliveryQueue(), unsealed = NONE, keep, onLeft } = parts;
  const room = new Room({
    settings: { maxQueueBytes: 1_000_000, maxQueueEvents: 100, overflowPolicy: 'shed', ...settings },
    queue,
    unsealed,
    keep,
    onLeft(removed) {
      left.push(removed && linesOf(removed).join(''));
      onLeft?.(removed);
    },
  });
  return { room, queue, left };
}

function filled(queue: DeliveryQueue, ...names: string[]): void {
  for (const name of names) queue.push(batchOf([event(name)]), NOW_MS);
}

test('what is held is what is in the open batch and in the queue', () => {
  const { room, queue } = roomOf({}, { unsealed: holding(7, 2) });
  const batch = batchOf([event('a')]);
  queue.push(batch, NOW_MS);

  expect(room.held).toEqual({ bytes: 7 + batch.heldBytes, events: 3 });
});

test.each([
  ['bytes', { maxQueueBytes: 19 }, { bytes: 10, events: 0 }, false],
  ['bytes', { maxQueueBytes: 20 }, { bytes: 10, events: 0 }, true],
  ['events', { maxQueueEvents: 3 }, { bytes: 0, events: 3 }, false],
  ['events', { maxQueueEvents: 4 }, { bytes: 0, events: 3 }, true],
])('an event of 10 bytes at the bound of %s: %p, held %p: fits %p', (_name, settings, held, fits) => {
  expect(roomOf(settings, { unsealed: holding(held.bytes, held.events) }).room.fits(event('x'))).toBe(fits);
});

test.each([
  [50, 2, false],
  [51, 2, true],
  [0, 5, false],
  [0, 6, true],
])('%d of 100 bytes and %d of 10 events: a producer should wait, %p', (bytes, events, needsDrain) => {
  const settings = { maxQueueBytes: 100, maxQueueEvents: 10 };
  expect(roomOf(settings, { unsealed: holding(bytes, events) }).room.needsDrain).toBe(needsDrain);
});

test.each([
  [51, 0, true],
  [50, 0, false],
  [0, 6, true],
  [0, 5, false],
])(
  '%d of 100 bytes and %d of 10 events in the unsealed batch: only its sealing makes room, %p',
  (bytes, events, isFilling) => {
    const settings = { maxQueueBytes: 100, maxQueueEvents: 10 };
    const queue = new DeliveryQueue();
    filled(queue, 'x');
    expect(queue.bytes).toBeGreaterThan(50);
    const { room } = roomOf(settings, { queue, unsealed: holding(bytes, events) });
    expect([room.needsDrain, room.isFilling]).toEqual([true, isFilling]);
  },
);

test('what comes back from disk leaves half of the room to others, unless nothing is held', () => {
  const settings = { maxQueueBytes: 100, maxQueueEvents: 10 };
  const { room } = roomOf(settings, { unsealed: holding(20, 1) });

  expect([30, 31].map((bytes) => room.hasSpare({ bytes, events: 1 }))).toEqual([true, false]);
  expect([80, 81].map((bytes) => room.takes({ bytes, events: 1 }))).toEqual([true, false]);
  expect([4, 5].map((events) => room.hasSpare({ bytes: 1, events }))).toEqual([true, false]);
  expect(roomOf(settings).room.takes({ bytes: 500, events: 500 })).toBe(true);
});

describe('making room', () => {
  test('removes what is least important, and says what left', () => {
    const { room, queue, left } = roomOf({ maxQueueEvents: 2 });
    filled(queue, 'a', 'b');

    expect(room.makeFor(event('c'))).toBe(true);
    expect(left).toEqual(['a']);
    expect(room.held.events).toBe(1);
  });

  test('changes nothing if the event fits, or if it is the event that has to go', () => {
    const fitting = roomOf({ maxQueueEvents: 3 });
    filled(fitting.queue, 'a', 'b');
    const newest = roomOf({ maxQueueEvents: 2, overflowPolicy: 'drop_newest' });
    filled(newest.queue, 'a', 'b');

    expect(fitting.room.makeFor(event('c'))).toBe(true);
    expect(newest.room.makeFor(event('c'))).toBe(false);
    expect([fitting.left, newest.left, newest.room.held.events]).toEqual([[], [], 2]);
  });

  test('lets whole batches go to disk first, as many as it takes, and removes events if the disk refuses', () => {
    const kept: string[] = [];
    const keep = (batch: EncodedBatch): boolean => kept.push(linesOf(batch).join('')) < 2;
    const { room, queue, left } = roomOf({ maxQueueEvents: 1 }, { keep });
    filled(queue, 'a', 'b');

    expect(room.makeFor(event('c'))).toBe(true);
    expect(kept).toEqual(['a', 'b']);
    expect(left).toEqual([undefined, 'b']);
  });

  test('frees a good deal of events at a time', () => {
    const { room, queue, left } = roomOf({ maxQueueEvents: 1_024 });
    queue.push(batchOf(Array.from({ length: 1_024 }, () => event('x'))), NOW_MS);

    expect(room.makeFor(event('c'))).toBe(true);
    expect(left.map((lines) => lines?.length)).toEqual([4]);
  });

  test('a batch stays if the disk throws', () => {
    const { room, queue } = roomOf(
      { maxQueueEvents: 1 },
      {
        keep() {
          throw new Error('the disk broke');
        },
      },
    );
    filled(queue, 'a');

    expect(() => room.makeFor(event('c'))).toThrow('the disk broke');
    expect([queue.events, queue.deliveries.length]).toEqual([1, 1]);
  });
});
