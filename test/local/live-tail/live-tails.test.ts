import { once } from 'node:events';
import { LiveTails } from '../../../local/live-tail/live-tails.js';
import { Stores } from '../../../local/store/stores.js';

const PLACE = { accountId: '123456789012', region: 'us-east-1' };

/** The sessions of a store with one stream, and how to log there. */
function room() {
  const stores = new Stores();
  const store = stores.at(PLACE);
  store.createGroup({ name: 'group', creationTime: 0, logGroupClass: 'STANDARD' });
  const group = store.group('group');
  group.createStream('stream', 0);
  const log = (message: string): void => {
    const events = [{ timestamp: 0, message }];
    store.put(group, group.stream('stream'), events, events, 0);
  };
  return { tails: new LiveTails(stores, () => 0, Math.random), log };
}

/** A tail that notes what it is shown. */
function tailInto(seen: string[]) {
  const matches = (message: string): boolean => seen.push(message) > 0;
  return { start: {}, identifierOf: () => 'group', matches };
}

test('a session is shown what is stored from its begin to its end', async () => {
  const { tails, log } = room();
  const seen: string[] = [];
  const stream = tails.start(PLACE, tailInto(seen));
  log('before');
  const session = stream.open();
  log('meanwhile');
  session.destroy();
  await once(session, 'close');
  log('after');

  expect(seen).toEqual(['meanwhile']);
});

test('each account and each Region has fifteen sessions', () => {
  const { tails } = room();
  const begin = (place: typeof PLACE): unknown => tails.start(place, tailInto([])).open();
  const places = [
    PLACE,
    { ...PLACE, region: 'eu-central-1' },
    { ...PLACE, accountId: PLACE.accountId.replace('1', '2') },
  ];
  for (const place of places) for (let count = 0; count < 15; count++) begin(place);

  for (const place of places) expect(() => begin(place)).toThrow('15 Live Tail sessions');
});
