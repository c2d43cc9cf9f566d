import * as fc from 'fast-check';
import { compareEvents, type StoredLogEvent } from '../../../local/store/log-event.js';
import { LogStream } from '../../../local/store/log-stream.js';
import {
  after,
  BEGINNING,
  END,
  type Found,
  readBackwards,
  readForwards,
  type Span,
  startOf,
} from '../../../local/store/reading.js';

const EVERYTHING: Span = { from: BEGINNING, to: END };

/** Streams that fill call by call, in whatever order of time. */
class Streams {
  readonly streams: readonly LogStream[];
  #arrivals = 0;

  constructor(count: number) {
    this.streams = Array.from({ length: count }, (_, index) => new LogStream(`stream-${index}`, 0));
  }

  append({ stream, timestamps }: Call): void {
    const events = timestamps.map((timestamp) => {
      const arrival = (this.#arrivals += 1);
      return { timestamp, arrival, ingestionTime: 0, message: String(arrival) };
    });
    this.streams[stream % this.streams.length]!.append(events);
  }

  get sorted(): readonly StoredLogEvent[] {
    return this.streams.flatMap(({ events }) => [...events]).toSorted(compareEvents);
  }
}

interface Call {
  readonly stream: number;
  readonly timestamps: readonly number[];
}

const time = fc.nat({ max: 20 });
const call: fc.Arbitrary<Call> = fc.record({
  stream: fc.nat({ max: 4 }),
  timestamps: fc.array(time, { maxLength: 6 }),
});
const calls = fc.array(call, { maxLength: 20 });

const eventsOf = (found: Iterable<Found>): StoredLogEvent[] => Array.from(found, ({ event }) => event);

function filled(count: number, past: readonly Call[]): Streams {
  const all = new Streams(count);
  for (const each of past) all.append(each);
  return all;
}

test('reading gives the events of a span in order, in both directions', () => {
  fc.assert(
    fc.property(calls, fc.integer({ min: 1, max: 5 }), time, time, (past, count, start, end) => {
      const all = filled(count, past);
      const span = { from: startOf(start), to: startOf(end) };
      const within = all.sorted.filter(({ timestamp }) => timestamp >= start && timestamp < end);

      expect(eventsOf(readForwards(all.streams, span))).toEqual(within);
      expect(eventsOf(readBackwards(all.streams, span))).toEqual(within.toReversed());
    }),
  );
});

test('says in which stream an event is', () => {
  const all = filled(3, [
    { stream: 2, timestamps: [1] },
    { stream: 0, timestamps: [2] },
  ]);

  const names = Array.from(readForwards(all.streams, EVERYTHING), ({ stream }) => stream.name);

  expect(names).toEqual(['stream-2', 'stream-0']);
});

test.each([
  ['forwards', readForwards, 1],
  ['backwards', readBackwards, -1],
] as const)('%s, it goes on whatever arrives and leaves between two events', (_, read, sign) => {
  fc.assert(
    fc.property(
      calls,
      calls,
      fc.integer({ min: 1, max: 5 }),
      fc.nat({ max: 30 }),
      (past, later, count, gone) => {
        const all = filled(count, past);
        const before = all.sorted;
        const pending = [...later];
        const seen: StoredLogEvent[] = [];
        for (const { event } of read(all.streams, EVERYTHING)) {
          seen.push(event);
          const next = pending.shift();
          if (next !== undefined) all.append(next);
          if (seen.length === 3) for (const stream of all.streams) stream.removeArrivals(gone);
        }

        expect(new Set(seen).size).toBe(seen.length);
        expect(seen).toEqual(seen.toSorted((left, right) => sign * compareEvents(left, right)));
        expect(seen).toEqual(expect.arrayContaining(before.filter(({ arrival }) => arrival > gone)));
      },
    ),
  );
});

test('pages put together are everything, whatever arrives between them', () => {
  fc.assert(
    fc.property(calls, calls, fc.integer({ min: 1, max: 7 }), (past, later, size) => {
      const all = filled(3, past);
      const before = all.sorted;
      const pages: StoredLogEvent[][] = [[]];
      const pending = [...later];
      for (let from = BEGINNING; pages.at(-1)!.length === size || pages.length === 1;) {
        const page = eventsOf(readForwards(all.streams, { from, to: END })).slice(0, size);
        pages.push(page);
        from = page.length === 0 ? from : after(page.at(-1)!);
        const next = pending.shift();
        if (next !== undefined) all.append(next);
      }
      const seen = pages.flat();

      expect(seen).toEqual(seen.toSorted(compareEvents));
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining([...before]));
    }),
  );
});
