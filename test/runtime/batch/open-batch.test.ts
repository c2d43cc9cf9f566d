import * as fc from 'fast-check';
import type { EncodedBatch } from '../../../runtime/batch/encoded-batch.js';
import { OpenBatch } from '../../../runtime/batch/open-batch.js';
import type { LogEvent } from '../../../runtime/batch/log-event.js';
import {
  DAY_MS,
  event,
  eventLists,
  eventOf,
  inOrder,
  linesOf,
  type NamedEvent,
  NOW_MS,
  requestText,
  TARGET,
} from '../../support/events.js';

const MIB = 1_048_576;
const SHARE = 1 / 32;

function openWith(events: readonly LogEvent[]): OpenBatch {
  const open = new OpenBatch(TARGET);
  for (const each of events) open.add(each);
  return open;
}

/** Events of one millisecond each, with their times as lines. */
function at(...offsetsMs: number[]): NamedEvent[] {
  return offsetsMs.map((offsetMs) => event(String(offsetMs), NOW_MS + offsetMs));
}

describe('laws', () => {
  test('one buffer serves all batches: each is what it would be alone, and no later one changes it', () => {
    fc.assert(
      fc.property(fc.array(eventLists, { minLength: 1, maxLength: 6 }), (rounds) => {
        const open = new OpenBatch(TARGET);
        const batches = rounds.map((events) => {
          for (const each of events) open.add(each);
          return open.seal();
        });
        expect(batches.map(({ body }) => body.bytes.toString())).toEqual(
          rounds.map((events) => requestText(inOrder(events))),
        );
      }),
    );
  });

  test('a cut for another event loses nothing, doubles nothing and keeps the order', () => {
    fc.assert(
      fc.property(eventLists, fc.nat(8), fc.constantFrom(0, SHARE, 0.5, 1), (events, afterMs, share) => {
        const open = openWith(events);
        const next = event('next', NOW_MS + afterMs);
        const sealed = open.sealFor(next, share);
        const leftCount = open.count;
        open.add(next);
        const rest = open.seal();
        expect(sealed.count + leftCount).toBe(events.length);
        expect([...linesOf(sealed), ...linesOf(rest)].toSorted()).toEqual(
          [...events.map(({ line }) => line), 'next'].toSorted(),
        );
        expect(sealed.body.bytes.toString()).toBe(requestText(inOrder(events.slice(0, sealed.count))));
        expect(rest.body.bytes.toString()).toBe(requestText(inOrder([...events.slice(sealed.count), next])));
        if (leftCount > 0) expect(sealed.lastTimestamp).toBeLessThan(rest.firstTimestamp);
      }),
    );
  });

  test('what is refused where it was to be handed over is here as before, however large', () => {
    const sizes = fc.array(fc.constantFrom(10, 30_000, 100_000), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sizes, fc.nat(3), fc.boolean(), (taken, afterMs, isOrdered) => {
        const events = taken.map((size, index) =>
          event(String(index).repeat(size), NOW_MS + (isOrdered ? Math.min(index, afterMs) : index % 2)),
        );
        const open = openWith(events);
        const refuse = (): never => {
          throw new Error('not taken');
        };
        const { bytes, count, lowestRank } = open;
        expect(() => open.seal(refuse)).toThrow('not taken');
        expect(() => open.sealFor(event('x', events.at(-1)!.timestamp), 1, refuse)).toThrow('not taken');
        expect([open.bytes, open.count, open.lowestRank]).toEqual([bytes, count, lowestRank]);
        expect(open.seal().body.bytes.toString()).toBe(requestText(inOrder(events)));
      }),
      { numRuns: 50 },
    );
  });

  test('bytes are those of the batch that sealing makes, and none when there is no event', () => {
    fc.assert(
      fc.property(eventLists, (events) => {
        const open = openWith(events);
        const { bytes, count } = open;
        expect(count).toBe(events.length);
        expect(bytes).toBe(open.seal().heldBytes);
        expect([open.count, open.bytes]).toEqual([0, 0]);
      }),
    );
  });
});

describe('fits', () => {
  test.each([
    [9_998, true],
    [9_999, true],
    [10_000, false],
  ])('after %d events: %s', (count, fits) => {
    const open = openWith(Array.from({ length: count }, () => event('x')));
    expect(open.fits(event('x'))).toBe(fits);
  });

  test.each([
    [MIB - 501, true],
    [MIB - 500, true],
    [MIB - 499, false],
  ])('after %d counted bytes, one of 500: %s', (bytes, fits) => {
    expect(openWith([eventOf(bytes)]).fits(eventOf(500))).toBe(fits);
  });

  test('bytes are counted as the service does: unescaped, and 26 for each event', () => {
    const controls = event('\u0000'.repeat(MIB / 2 - 26));
    const open = openWith([controls]);
    expect(open.fits(controls)).toBe(true);
    expect(open.fits(event('\u0000'.repeat(MIB / 2 - 25)))).toBe(false);
  });

  test.each([
    [DAY_MS - 1, true],
    [DAY_MS, true],
    [DAY_MS + 1, false],
  ])('%d ms after and before the first: %s', (spanMs, fits) => {
    expect(openWith(at(0)).fits(event('x', NOW_MS + spanMs))).toBe(fits);
    expect(openWith(at(0)).fits(event('x', NOW_MS - spanMs))).toBe(fits);
    expect(openWith(at(spanMs - 1_000, 500, 0)).fits(event('x', NOW_MS + spanMs))).toBe(fits);
  });

  test('an empty batch takes any event', () => {
    expect(new OpenBatch(TARGET).fits(eventOf(MIB + 1))).toBe(true);
    const used = openWith(at(0));
    used.seal();
    expect(used.fits(event('x', NOW_MS + 10 * DAY_MS))).toBe(true);
  });

  test('what is left by a cut counts', () => {
    const open = openWith([...at(0), eventOf(400_000, NOW_MS + 1)]);
    open.sealFor(eventOf(1_000, NOW_MS + 1), 1);
    expect(open.fits(eventOf(MIB - 400_000, NOW_MS + 1))).toBe(true);
    expect(open.fits(eventOf(MIB - 400_000 + 1, NOW_MS + 1))).toBe(false);
    expect(open.fits(event('x', NOW_MS + 1 + DAY_MS))).toBe(true);
    expect(open.fits(event('x', NOW_MS + DAY_MS + 2))).toBe(false);
  });
});

describe('the cut for an event that does not fit', () => {
  /** Lines of the batch that is sealed and of what is left open. */
  function cut(events: readonly LogEvent[], next: LogEvent, share: number): [string[], string[]] {
    const open = openWith(events);
    const sealed = linesOf(open.sealFor(next, share));
    return [sealed, linesOf(open.seal())];
  }

  const same = event('next', NOW_MS + 1);

  test('falls between milliseconds where the next event continues the last one', () => {
    expect(cut(at(0, 0, 1, 1), same, 0.5)).toEqual([
      ['0', '0'],
      ['1', '1'],
    ]);
  });

  test('takes everything if the next event begins a millisecond', () => {
    expect(cut(at(0, 1), event('next', NOW_MS + 2), 1)).toEqual([['0', '1'], []]);
    expect(cut(at(0, 1), event('next', NOW_MS), 1)).toEqual([['0', '1'], []]);
  });

  test('takes everything if the batch is one millisecond', () => {
    expect(cut(at(1, 1, 1), same, 1)).toEqual([['1', '1', '1'], []]);
  });

  test('takes everything if events of the last millisecond are not at the end', () => {
    expect(cut(at(0, 1, 0), same, 1)).toEqual([['0', '0', '1'], []]);
  });

  test.each([
    ['under', 32, 1],
    ['at', 31, 1],
    ['over', 30, 0],
  ])('%s the share: %d of them before one', (_, before, left) => {
    const events = [...at(...Array<number>(before).fill(0)), ...at(1)];
    expect(cut(events, same, SHARE)[1]).toHaveLength(left);
  });

  test.each([
    [MIB - 400_001, 1],
    [MIB - 400_000, 1],
    [MIB - 399_999, 0],
  ])('leaves only what the next event of %d bytes has room beside: %d', (bytes, left) => {
    const events = [...at(0), eventOf(400_000, NOW_MS + 1)];
    expect(cut(events, eventOf(bytes, NOW_MS + 1), 1)[1]).toHaveLength(left);
  });
});

describe('sealing', () => {
  const kilobytes = (count: number): NamedEvent[] =>
    Array.from({ length: count }, () => event('x'.repeat(950)));

  /** Bytes of the memory that a batch of these events holds for its body. */
  const memoryOf = (...events: NamedEvent[]): number => openWith(events).seal().body.bytes.buffer.byteLength;

  test('hands a large body over with its buffer', () => {
    expect(memoryOf(...kilobytes(110))).toBe(128 * 1_024);
  });

  test.each([
    ['a small one', kilobytes(60)],
    ['one that fills its buffer too little', kilobytes(80)],
    ['one that has to be sorted', [...kilobytes(110), event('y', NOW_MS - 1)]],
  ])('copies %s, so that it holds no more than it has', (_, events) => {
    expect(memoryOf(...events)).toBe(openWith(events).seal().body.length);
  });
});

test('a growing buffer keeps what was written', () => {
  const events = [event('a'), event('€'.repeat(5_000)), event('\u0000'.repeat(90_000)), event('b')];
  expect(openWith(events).seal().body.bytes.toString()).toBe(requestText(events));
});

describe('another target', () => {
  const named = { ...TARGET, entityText: '{"keyAttributes":{"Type":"Service","Name":"api"}}' };
  const targets = (batches: readonly EncodedBatch[]): unknown[] =>
    batches.map(({ target, body }) => [target, 'entity' in (JSON.parse(body.bytes.toString()) as object)]);

  test('is that of batches which begin from then on', () => {
    const open = openWith(at(0));
    open.target = named;
    open.add(event('1', NOW_MS + 1));
    const first = open.seal();
    open.add(event('2', NOW_MS + 2));
    expect(targets([first, open.seal()])).toEqual([
      [TARGET, false],
      [named, true],
    ]);
  });

  test('is that of the events which a cut leaves', () => {
    const big = event('x'.repeat(MIB / 2), NOW_MS);
    const last = event('1', NOW_MS + 1);
    const open = openWith([big, last]);
    open.target = named;
    const first = open.sealFor(event('y'.repeat(MIB / 2), NOW_MS + 1), SHARE);
    const second = open.seal();
    expect([first.count, second.count, linesOf(second)]).toEqual([1, 1, ['1']]);
    expect(targets([first, second])).toEqual([
      [TARGET, false],
      [named, true],
    ]);
  });

  test('is counted with its length', () => {
    const open = new OpenBatch(TARGET);
    const bytes = open.bytesFor(event('a', NOW_MS));
    open.target = named;
    expect(open.bytesFor(event('a', NOW_MS)) - bytes).toBe(`,"entity":${named.entityText}`.length);
    open.add(event('a', NOW_MS));
    expect(open.bytes).toBe(open.seal().heldBytes);
  });
});
