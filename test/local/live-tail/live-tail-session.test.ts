import { LiveTailSession } from '../../../local/live-tail/live-tail-session.js';
import { Stores } from '../../../local/store/stores.js';

const PLACE = { accountId: '123456789012', region: 'us-east-1' };
const HOUR_MS = 3_600_000;

/** A session that shows everything, and how to store a line. */
function start(clock = () => 0) {
  const tail = { start: {}, identifierOf: () => 'group', matches: () => true };
  const session = new LiveTailSession(tail, clock, Math.random);
  const stores = new Stores();
  stores.onStored((stored) => session.note(stored));
  const store = stores.at(PLACE);
  store.createGroup({ name: 'group', creationTime: 0, logGroupClass: 'STANDARD' });
  const group = store.group('group');
  group.createStream('stream', 0);
  const log = (...messages: string[]): void => {
    const events = messages.map((message) => ({ timestamp: 0, message }));
    store.put(group, group.stream('stream'), events, events, 0);
  };
  return { session, log };
}

/** The payloads of so many messages, or of all until the end. */
async function read(session: LiveTailSession, count = Infinity): Promise<Record<string, unknown>[]> {
  const messages: Record<string, unknown>[] = [];
  for await (const chunk of session) {
    for (let bytes = chunk as Buffer; bytes.length > 0; bytes = bytes.subarray(bytes.readUInt32BE(0))) {
      const end = bytes.readUInt32BE(0) - 4;
      messages.push(
        JSON.parse(String(bytes.subarray(12 + bytes.readUInt32BE(4), end))) as Record<string, unknown>,
      );
    }
    if (messages.length >= count) break;
  }
  return messages;
}

const update = (...messages: string[]): object => ({
  sessionMetadata: { sampled: false },
  sessionResults: messages.map((message) => expect.objectContaining({ message }) as unknown),
});

test('keeps the last ten updates for a reader that is slow', async () => {
  const { session, log } = start();
  for (let second = 0; second < 12; second++) {
    log(`${second}`);
    session.update();
  }
  const [, , ...updates] = await read(session, 12);
  expect(updates).toEqual(['2', '3', '4', '5', '6', '7', '8', '9', '10', '11'].map((text) => update(text)));
});

test.each([
  [499, 499, false],
  [500, 500, false],
  [501, 500, true],
])('of %d events in a second shows %d', async (logged, shown, sampled) => {
  const { session, log } = start();
  log(...Array.from({ length: logged }, (_, index) => String(index)));
  session.update();
  const { sessionMetadata, sessionResults } = (await read(session, 3))[2]!;
  expect([sessionMetadata, (sessionResults as unknown[]).length]).toEqual([{ sampled }, shown]);
});

test('has no message that is too long for a client', async () => {
  const { session, log } = start();
  // Each of them is twice as long in JSON.
  const lines = Array.from({ length: 13 }, () => '"'.repeat(1_000_000));
  log(...lines.slice(0, 12));
  session.update();
  log(...lines);
  session.update();
  const [, , whole, cut] = await read(session, 4);
  expect([whole!['sessionMetadata'], (whole!['sessionResults'] as unknown[]).length]).toEqual([
    { sampled: false },
    12,
  ]);
  expect([cut!['sessionMetadata'], (cut!['sessionResults'] as unknown[]).length]).toEqual([
    { sampled: true },
    12,
  ]);
});

test('keeps no more bytes for a slow reader than two of the greatest updates have', async () => {
  const { session, log } = start();
  for (const each of ['a', 'b', 'c']) {
    log(...Array.from({ length: 18 }, () => each.repeat(1_000_000)));
    session.update();
  }
  const [, , ...updates] = await read(session, 4);
  const results = updates.map((each) => each['sessionResults'] as { message: string }[]);
  expect(results.map(([first]) => first!.message[0])).toEqual(['b', 'c']);
});

test('ends after three hours, with what it had', async () => {
  let nowMs = 0;
  const { session, log } = start(() => nowMs);
  log('a');
  session.update();
  nowMs = 3 * HOUR_MS - 1;
  session.update();
  nowMs = 3 * HOUR_MS;
  session.update();
  expect((await read(session)).slice(2)).toEqual([
    update('a'),
    update(),
    { message: expect.stringContaining('three hours') as unknown },
  ]);
});

describe('with a timer that the test has', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('sends an update a second, until it is destroyed', async () => {
    const { session, log } = start();
    log('a');
    jest.advanceTimersByTime(999);
    log('b');
    jest.advanceTimersByTime(2);
    log('c');
    jest.advanceTimersByTime(1000);
    expect((await read(session, 4)).slice(2)).toEqual([update('a', 'b'), update('c')]);

    session.destroy();
    expect(jest.getTimerCount()).toBe(0);
  });
});
