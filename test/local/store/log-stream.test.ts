import * as fc from 'fast-check';
import { compareEvents, type StoredLogEvent } from '../../../local/store/log-event.js';
import { LogStream } from '../../../local/store/log-stream.js';

function eventsAt(...timestamps: readonly number[]): StoredLogEvent[] {
  return timestamps.map((timestamp, index) => ({
    timestamp,
    arrival: index + 1,
    ingestionTime: 7,
    message: `${timestamp}`,
  }));
}

function streamOf(...timestamps: readonly number[]): LogStream {
  const stream = new LogStream('api', 0);
  stream.append(eventsAt(...timestamps));
  return stream;
}

const timesOf = (events: readonly StoredLogEvent[]): number[] => events.map(({ timestamp }) => timestamp);

test('keeps events in order, whenever somebody reads in between', () => {
  const time = fc.nat({ max: 9 });
  fc.assert(
    fc.property(fc.array(fc.tuple(time, fc.boolean())), (steps) => {
      const events = eventsAt(...steps.map(([timestamp]) => timestamp));
      const stream = new LogStream('api', 0);
      for (const [index, [, reads]] of steps.entries()) {
        stream.append([events[index]!]);
        if (reads) expect(stream.events).toHaveLength(index + 1);
      }

      expect(stream.size).toBe(events.length);
      expect(stream.events).toEqual(events.toSorted(compareEvents));
    }),
  );
});

test('removes what is before a time', () => {
  const stream = streamOf(5, 3, 4, 4, 6);

  expect(timesOf(stream.removeBefore(4))).toEqual([3]);
  expect(timesOf(stream.removeBefore(4))).toEqual([]);
  expect(timesOf(stream.events)).toEqual([4, 4, 5, 6]);
});

test('removes what arrived first, wherever it stands', () => {
  const stream = streamOf(5, 3, 4);

  expect(timesOf(stream.removeArrivals(2))).toEqual([3, 5]);
  expect(timesOf(stream.events)).toEqual([4]);
});

test('counts as a move what gives an event another index', () => {
  const stream = streamOf(2, 4);
  const movesBy = (change: () => unknown): number => {
    const before = stream.moves;
    change();
    return stream.moves - before;
  };

  expect(movesBy(() => stream.append([{ ...eventsAt(5)[0]!, arrival: 9 }]))).toBe(0);
  expect(movesBy(() => stream.append([{ ...eventsAt(3)[0]!, arrival: 10 }]))).toBe(1);
  expect(movesBy(() => stream.removeBefore(1))).toBe(0);
  expect(movesBy(() => stream.removeBefore(3))).toBe(1);
});
