import { GROUP, HOUR_MS, NOW_MS, refused, start, STREAM, type Stage, stopAll, TARGET } from './harness.js';

afterEach(stopAll);

const MINUTE_MS = 60_000;
const LINE = { level: 'error', error: { type: 'TypeError' }, items: [{ id: 7 }], nothing: null };

async function withEvents(...events: readonly (readonly [number, string])[]): Promise<Stage> {
  const stage = await start();
  const logEvents = events.map(([timestamp, message]) => ({ timestamp, message }));
  await stage.client.putLogEvents({ ...TARGET, logEvents });
  return stage;
}

describe('GetLogRecord', () => {
  it('shows the fields of the event that FilterLogEvents found', async () => {
    const { client } = await withEvents([NOW_MS, 'plain'], [NOW_MS, JSON.stringify(LINE)]);
    const { events = [] } = await client.filterLogEvents({ logGroupName: GROUP });
    const logRecordPointer = events[1]!.eventId!;
    expect((await client.getLogRecord({ logRecordPointer })).logRecord).toEqual({
      level: 'error',
      'error.type': 'TypeError',
      'items.0.id': '7',
      '@message': JSON.stringify(LINE),
      '@timestamp': String(NOW_MS),
      '@ingestionTime': String(NOW_MS),
      '@logStream': STREAM,
      '@log': `123456789012:${GROUP}`,
      '@ptr': logRecordPointer,
    });
  });

  it.each([
    [
      'that is nested more deeply than functions can call themselves',
      '['.repeat(100_000),
      '[7]',
      ']'.repeat(100_000),
    ],
    ['with more members than a call can have arguments', '[', '7,'.repeat(400_000), '7]'],
  ])('reads a line %s', async (_, opening, inner, closing) => {
    const { client } = await withEvents([NOW_MS, `{"list":${opening}${inner}${closing}}`]);
    const { events = [] } = await client.filterLogEvents({ logGroupName: GROUP });
    const { logRecord = {} } = await client.getLogRecord({ logRecordPointer: events[0]!.eventId! });
    expect(Object.keys(logRecord).find((name) => name.startsWith('list.0'))).toBeDefined();
    expect((await client.getLogGroupFields({ logGroupName: GROUP })).logGroupFields).toBeDefined();
  });

  it.each([
    ['nonsense', 'InvalidParameterException'],
    ['0'.repeat(56), 'ResourceNotFoundException'],
  ])('refuses %s', async (logRecordPointer, name) => {
    const { client } = await withEvents([NOW_MS, 'plain']);
    expect(await refused(client.getLogRecord({ logRecordPointer }))).toMatchObject({ name });
  });
});

describe('GetLogGroupFields', () => {
  const SYSTEM = ['@ingestionTime', '@log', '@logStream', '@message', '@timestamp'];
  const line = JSON.stringify({ level: 'info', user: { id: 1 } });

  it('shows each field of the last 15 minutes with its share of the events', async () => {
    const { client } = await withEvents(
      [NOW_MS - 15 * MINUTE_MS - 1, JSON.stringify({ old: 1 })],
      [NOW_MS - 15 * MINUTE_MS, line],
      [NOW_MS - 1, line],
      [NOW_MS, 'plain'],
    );
    const { logGroupFields = [] } = await client.getLogGroupFields({ logGroupName: GROUP });
    expect(Object.fromEntries(logGroupFields.map(({ name, percent }) => [name, percent]))).toEqual({
      ...Object.fromEntries(SYSTEM.map((name) => [name, 100])),
      level: 67,
      'user.id': 67,
    });
  });

  it('looks 8 minutes to both sides of a time in seconds', async () => {
    const center = NOW_MS - HOUR_MS;
    const { client } = await withEvents(
      [center - 8 * MINUTE_MS - 1, JSON.stringify({ before: 1 })],
      [center + 8 * MINUTE_MS, JSON.stringify({ at: 1 })],
      [center + 8 * MINUTE_MS + 1, JSON.stringify({ after: 1 })],
    );
    const { logGroupFields = [] } = await client.getLogGroupFields({
      logGroupName: GROUP,
      time: center / 1000,
    });
    expect(logGroupFields.map(({ name }) => name).filter((name) => !name!.startsWith('@'))).toEqual(['at']);
  });

  it('has none where there are no events', async () => {
    const { client } = await start();
    expect((await client.getLogGroupFields({ logGroupName: GROUP })).logGroupFields).toEqual([]);
  });
});

describe('FilterLogEvents, newest first', () => {
  const times = Array.from({ length: 7 }, (_, index) => NOW_MS - (7 - index) * 1_000);

  it('reads pages back in time; the token keeps the direction', async () => {
    const { client } = await withEvents(...times.map((time) => [time, 'x'] as const));
    const startTime = NOW_MS - HOUR_MS;
    const seen: (number | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.filterLogEvents({
        logGroupName: GROUP,
        startTime,
        limit: 3,
        // The direction of the token wins over this one.
        startFromHead: nextToken !== undefined,
        nextToken,
      });
      seen.push(...(page.events ?? []).map(({ timestamp }) => timestamp));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(seen).toEqual(times.toReversed());
  });

  const YEAR_2024_MS = Date.UTC(2024, 0, 1);

  it.each([undefined, 0, YEAR_2024_MS - 1])('needs a start from 2024 on, not %s', async (startTime) => {
    const { client } = await start();
    const call = client.filterLogEvents({ logGroupName: GROUP, startFromHead: false, startTime });
    expect(await refused(call)).toMatchObject({ name: 'InvalidParameterException' });
  });

  it('takes a start at the beginning of 2024', async () => {
    const { client } = await start();
    const input = { logGroupName: GROUP, startFromHead: false, startTime: YEAR_2024_MS };
    expect((await client.filterLogEvents(input)).events).toEqual([]);
  });
});
