import * as fc from 'fast-check';
import { EncodedBatch } from '../../../runtime/batch/encoded-batch.js';
import type { LogEvent } from '../../../runtime/batch/log-event.js';
import { OpenBatch } from '../../../runtime/batch/open-batch.js';
import type { Slot } from '../../../runtime/batch/slots.js';
import {
  batchAt,
  batchOf,
  event,
  eventLists,
  inOrder,
  linesOf,
  NOW_MS,
  requestText,
  TARGET,
  texts,
} from '../../support/events.js';

/** What a reader of the body finds at a slot. */
function readAt({ body }: EncodedBatch, { start, end }: Slot): unknown {
  return JSON.parse(body.bytes.toString('utf8', start, end));
}

describe('laws', () => {
  test('the body is, byte for byte, what JSON.stringify makes of the same request', () => {
    fc.assert(
      fc.property(eventLists, texts, texts, (events, logGroupName, logStreamName) => {
        const target = { logGroupName, logStreamName };
        const { body } = batchOf(events, target);
        expect(body.bytes.toString()).toBe(requestText(inOrder(events), target));
        expect(body.bytes.equals(Buffer.from(body.bytes.toString()))).toBe(true);
      }),
    );
  });

  test('each slot stands where its event stands, and knows its time and rank', () => {
    fc.assert(
      fc.property(eventLists, (events) => {
        const batch = batchOf(events);
        const slots = [...batch.slots];
        expect(slots.map((slot) => readAt(batch, slot))).toEqual(
          inOrder(events).map(({ timestamp, line }) => ({ timestamp, message: line })),
        );
        expect(slots.map(({ timestamp, rank }) => ({ timestamp, rank }))).toEqual(
          inOrder(events).map(({ timestamp, rank }) => ({ timestamp, rank })),
        );
      }),
    );
  });

  test('a filtered batch is the batch that its events alone would have made', () => {
    fc.assert(
      fc.property(eventLists, fc.infiniteStream(fc.boolean()), (events, coins) => {
        const sorted = inOrder(events);
        const chosen = sorted.map(() => coins.next().value as boolean);
        const batch = batchOf(events);
        const before = Buffer.from(batch.body.bytes);
        const filtered = batch.filter((_, index) => chosen[index]!);
        const kept = sorted.filter((_, index) => chosen[index]);
        expect(filtered.body.bytes.toString()).toBe(requestText(kept));
        expect(Array.from(filtered.slots, (slot) => readAt(filtered, slot))).toEqual(
          kept.map(({ timestamp, line }) => ({ timestamp, message: line })),
        );
        expect(batch.body.bytes.equals(before)).toBe(true);
      }),
    );
  });

  test('the two parts of a partition have every event once, in its order', () => {
    fc.assert(
      fc.property(eventLists, fc.infiniteStream(fc.boolean()), (events, coins) => {
        const sorted = inOrder(events);
        let asked = 0;
        const chosen = sorted.map(() => coins.next().value as boolean);
        const [first, second] = batchOf(events).partition((_, index) => {
          asked++;
          return chosen[index]!;
        });
        expect(asked).toBe(events.length);
        expect(linesOf(first)).toEqual(sorted.filter((_, index) => chosen[index]).map(({ line }) => line));
        expect(linesOf(second)).toEqual(sorted.filter((_, index) => !chosen[index]).map(({ line }) => line));
      }),
    );
  });

  test('a token changes the body by one member', () => {
    fc.assert(
      fc.property(eventLists, texts, (events, sequenceToken) => {
        const batch = batchOf(events);
        const expected = requestText(inOrder(events), TARGET, { sequenceToken });
        expect(batch.bodyFor({ sequenceToken, hasEntity: true }).bytes.toString()).toBe(expected);
        expect(batch.body.bytes.toString()).toBe(requestText(inOrder(events)));
      }),
    );
  });
});

describe('a batch that names a service', () => {
  const entity = { keyAttributes: { Type: 'Service', Name: 'a"ö' } };
  const target = { ...TARGET, entityText: JSON.stringify(entity) };
  const related = (events: readonly LogEvent[]): EncodedBatch => {
    const open = new OpenBatch(target);
    for (const each of events) open.add(each);
    return open.seal();
  };
  const sent = (batch: EncodedBatch): unknown => JSON.parse(batch.body.bytes.toString());
  const events = [event('b', NOW_MS + 1), event('a', NOW_MS)];
  const logEvents = inOrder(events).map(({ timestamp, line }) => ({ timestamp, message: line }));

  test('and its parts say so, and one that crossed to another thread', () => {
    const batch = related(events);
    expect(sent(batch)).toEqual({ ...TARGET, entity, logEvents });
    for (const [index, part] of batch.partition((_, place) => place === 0).entries())
      expect(sent(part)).toEqual({ ...TARGET, entity, logEvents: [logEvents[index]] });
    const restored = EncodedBatch.restore(structuredClone(batch.carried()));
    expect(restored.body.bytes.equals(batch.body.bytes)).toBe(true);
    expect(restored.decode()).toEqual(logEvents);
  });

  test.each([
    [undefined, true, { entity }],
    [undefined, false, {}],
    ['49', true, { entity, sequenceToken: '49' }],
    ['49', false, { sequenceToken: '49' }],
  ])('with the token %s and the entity (%s)', (sequenceToken, hasEntity, members) => {
    const { bytes } = related(events).bodyFor({ sequenceToken, hasEntity });
    expect(JSON.parse(bytes.toString())).toEqual({ ...TARGET, logEvents, ...members });
  });
});

test('equal milliseconds keep the order in which they were logged', () => {
  const lines = ['b1', 'a1', 'b2', 'a2', 'b3'];
  const times: Record<string, number> = { a: NOW_MS, b: NOW_MS + 1 };
  const batch = batchOf(lines.map((line) => event(line, times[line[0]!])));
  expect(linesOf(batch)).toEqual(['a1', 'a2', 'b1', 'b2', 'b3']);
  expect([batch.firstTimestamp, batch.lastTimestamp, batch.count]).toEqual([NOW_MS, NOW_MS + 1, 5]);
});

test.each([
  [[2, 1, 3], 1],
  [[5, 5], 5],
  [[0], 0],
])('of the ranks %j the lowest is %d', (ranks, lowest) => {
  const batch = batchOf(ranks.map((rank) => event('x', NOW_MS, rank)));
  expect([batch.lowestRank, batch.lowestRank]).toEqual([lowest, lowest]);
});

test('a batch of which nothing is kept has no events and no times', () => {
  const none = batchAt(3, 4).filter(() => false);
  expect([none.count, none.firstTimestamp, none.lastTimestamp, none.body.bytes.toString()]).toEqual([
    0,
    0,
    0,
    requestText([]),
  ]);
});

test('the parts of a batch are held where it is held, and it is itself unchanged', () => {
  const batch = batchAt(NOW_MS, NOW_MS + 1);
  const backing = { release: (): void => undefined };
  const backed = batch.backedBy(backing);
  const [first, second] = backed.partition((_, index) => index === 0);
  expect([batch.backing, backed.backing, first.backing, second.backing]).toEqual([
    undefined,
    backing,
    backing,
    backing,
  ]);
  expect([backed.body, backed.slots]).toEqual([batch.body, batch.slots]);
});
