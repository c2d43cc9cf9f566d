import * as fc from 'fast-check';
import { Stores } from '../../../local/store/stores.js';

const HERE = { accountId: '123456789012', region: 'eu-central-1' };

/** Stores with a group `/app` that has these streams. */
function storesWith(maxEvents: number | undefined, ...streams: readonly string[]): Filled {
  return new Filled(maxEvents, streams);
}

class Filled {
  readonly notices: string[] = [];
  readonly stores: Stores;

  constructor(maxEvents: number | undefined, streams: readonly string[]) {
    this.stores = new Stores({ maxEvents, onNotice: (line) => this.notices.push(line) });
    this.stores.at(HERE).createGroup({ name: '/app', creationTime: 1, logGroupClass: 'STANDARD' });
    for (const name of streams) this.group.createStream(name, 1);
  }

  get group(): ReturnType<ReturnType<Stores['at']>['group']> {
    return this.stores.at(HERE).group('/app');
  }

  put(stream: string, timestamps: readonly number[], message = 'abcd'): void {
    const events = timestamps.map((timestamp) => ({ timestamp, message }));
    this.stores.at(HERE).put(this.group, this.group.stream(stream), events, events, 1_000);
  }

  get arrivals(): number[] {
    return this.group.streams.flatMap(({ name }) => this.arrivalsIn(name));
  }

  arrivalsIn(stream: string): number[] {
    return this.group.stream(stream).events.map(({ arrival }) => arrival);
  }
}

test('the events that arrived first leave, whatever their time and stream', () => {
  const filled = storesWith(4, 'api', 'web');
  filled.put('api', [30, 31]);
  filled.put('web', [10, 11]);
  expect(filled.notices).toEqual([]);

  filled.put('api', [20]);

  expect([filled.arrivalsIn('api'), filled.arrivalsIn('web')]).toEqual([
    [5, 2],
    [3, 4],
  ]);
  expect([filled.stores.count, filled.stores.evicted]).toEqual([4, 1]);
  expect(filled.group.storedBytes).toBe(4 * 30);
});

test('only the first eviction is told, with the bound', () => {
  const filled = storesWith(1_000, 'api');
  for (let call = 0; call < 5; call++)
    filled.put(
      'api',
      Array.from({ length: 500 }, () => call),
    );

  expect(filled.notices).toEqual([
    expect.stringMatching(/^There are more than 1,000 events, or more than 64 MiB of them: .*--max-events/),
  ]);
});

test('of a call that is greater than all room, the last events stay', () => {
  const filled = storesWith(3, 'api');
  filled.put('api', [1, 2, 3, 4, 5]);
  expect(filled.arrivalsIn('api')).toEqual([3, 4, 5]);
});

test('room is made for a hundredth more than is needed', () => {
  const filled = storesWith(1_000, 'api');
  for (let call = 0; call < 1_001; call++) filled.put('api', [call]);
  expect([filled.stores.count, filled.stores.evicted]).toEqual([990, 11]);
});

test('few events of long lines leave, too: memory is bounded, not only their number', () => {
  const MEBIBYTE = 1_048_576;
  const filled = storesWith(1_000, 'api');
  for (let call = 0; call < 64; call++) filled.put('api', [call], 'x'.repeat(MEBIBYTE));
  expect([filled.stores.count, filled.notices]).toEqual([64, []]);

  filled.put('api', [64], 'x'.repeat(MEBIBYTE));
  // One for the bound, and one for a hundredth of room.
  expect([filled.stores.count, filled.stores.evicted, filled.notices.length]).toEqual([63, 2, 1]);
  expect(filled.arrivals).toEqual(Array.from({ length: 63 }, (_, index) => index + 3));
});

test('a bound of many events lets each have a kibibyte on average', () => {
  const filled = storesWith(100_000, 'api');
  for (let call = 0; call < 97; call++) filled.put('api', [call], 'x'.repeat(1_000_000));
  expect(filled.stores.evicted).toBe(0);
});

test('without a bound, nothing leaves', () => {
  const filled = storesWith(undefined, 'api');
  for (let call = 0; call < 100; call++) filled.put('api', [call, call]);
  expect([filled.stores.count, filled.stores.evicted, filled.notices]).toEqual([200, 0, []]);
});

test('what expires leaves and makes room', () => {
  const filled = storesWith(4, 'api');
  filled.group.change({ retentionInDays: 1 });
  filled.put('api', [5, 1, 5]);

  filled.stores.expire(86_400_000 + 5);
  filled.put('api', [6, 7]);

  expect([filled.stores.count, filled.stores.evicted, filled.group.storedBytes]).toEqual([4, 0, 4 * 30]);
  expect(filled.arrivalsIn('api')).toEqual([1, 3, 4, 5]);
});

test('whatever comes and goes, the count is right, the bound holds, and the first arrivals left', () => {
  const step = fc.oneof(
    fc.record({ put: fc.nat({ max: 3 }), times: fc.array(fc.nat({ max: 9 }), { maxLength: 5 }) }),
    fc.record({ recreate: fc.nat({ max: 3 }) }),
    fc.record({ expireBefore: fc.nat({ max: 9 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (steps, maxEvents) => {
      const filled = storesWith(maxEvents, '0', '1', '2', '3');
      filled.group.change({ retentionInDays: 1 });
      for (const each of steps) {
        const { evicted } = filled.stores;
        const before = filled.arrivals;
        if ('put' in each) filled.put(String(each.put), each.times);
        else if ('expireBefore' in each) filled.stores.expire(86_400_000 + each.expireBefore);
        else {
          filled.group.deleteStream(String(each.recreate));
          filled.group.createStream(String(each.recreate), 1);
        }

        const { arrivals } = filled;
        expect(filled.stores.count).toBe(arrivals.length);
        expect(arrivals.length).toBeLessThanOrEqual(maxEvents);
        expect(filled.group.storedBytes).toBe(arrivals.length * 30);
        if (filled.stores.evicted === evicted) continue;
        const gone = before.filter((arrival) => !arrivals.includes(arrival));
        expect(Math.max(0, ...gone)).toBeLessThan(Math.min(...arrivals));
      }
    }),
  );
});
