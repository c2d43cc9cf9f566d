import type { AccountRegion } from '../../../local/arns.js';
import type { Stored } from '../../../local/store/store.js';
import { Stores } from '../../../local/store/stores.js';

const HERE: AccountRegion = { accountId: '123456789012', region: 'eu-central-1' };
const THERE: AccountRegion = { accountId: '123456789012', region: 'us-east-1' };

/** Puts events of these times into the stream `api` of the group `/app`, which it makes if it is not there. */
function put(stores: Stores, place: AccountRegion, timestamps: readonly number[]): void {
  const store = stores.at(place);
  if (store.groups.length === 0) {
    store.createGroup({ name: '/app', creationTime: 1, logGroupClass: 'STANDARD' });
    store.group('/app').createStream('api', 1);
  }
  const group = store.group('/app');
  const events = timestamps.map((timestamp) => ({ timestamp, message: `at ${timestamp}` }));
  store.put(group, group.stream('api'), events, events, 1_000);
}

describe('a listener', () => {
  test('gets what a call stored, and where', () => {
    const stores = new Stores();
    const heard: Stored[] = [];
    stores.onStored((stored) => heard.push(stored));

    put(stores, HERE, [5, 6]);

    const group = stores.at(HERE).group('/app');
    const events = [
      { timestamp: 5, message: 'at 5', ingestionTime: 1_000, arrival: 1 },
      { timestamp: 6, message: 'at 6', ingestionTime: 1_000, arrival: 2 },
    ];
    expect(heard).toEqual([{ place: HERE, group, stream: group.stream('api'), events }]);
  });

  test('gets nothing of a call that stored nothing', () => {
    const stores = new Stores();
    const listener = jest.fn();
    stores.onStored(listener);

    put(stores, HERE, []);

    expect(listener).not.toHaveBeenCalled();
  });

  test('that throws harms neither the call nor other listeners', () => {
    const stores = new Stores();
    const listener = jest.fn();
    stores.onStored(() => {
      throw new Error('a defect of a reader');
    });
    stores.onStored(listener);

    put(stores, HERE, [5]);

    expect(listener).toHaveBeenCalledTimes(1);
    expect(stores.at(HERE).group('/app').stream('api').events).toHaveLength(1);
  });

  test('that stopped gets nothing; the same function registered again does', () => {
    const stores = new Stores();
    const listener = jest.fn();
    stores.onStored(listener)();
    put(stores, HERE, [5]);
    expect(listener).not.toHaveBeenCalled();

    const stop = stores.onStored(listener);
    stores.onStored(listener);
    stop();
    put(stores, HERE, [6]);
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

test('arrivals are unique over all accounts and Regions', () => {
  const stores = new Stores();
  const arrivals: number[] = [];
  stores.onStored(({ events }) => arrivals.push(...events.map(({ arrival }) => arrival)));

  put(stores, HERE, [5, 6]);
  put(stores, THERE, [5]);
  put(stores, HERE, [4]);

  expect(arrivals).toEqual([1, 2, 3, 4]);
  expect(stores.all.map(({ place }) => place)).toEqual([HERE, THERE]);
});
