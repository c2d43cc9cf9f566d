import type { FilterLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import { GROUP, NOW_MS, refused, startEmpty, type Stage, stopAll } from './harness.js';

afterEach(stopAll);

/** Six events over three streams; each message is its place in the expected order. */
async function startWithThree(): Promise<Stage> {
  const stage = await startEmpty();
  await stage.client.createLogGroup({ logGroupName: GROUP });
  const put = (logStreamName: string, ...events: [number, string][]): Promise<unknown> =>
    stage.client.putLogEvents({
      logGroupName: GROUP,
      logStreamName,
      logEvents: events.map(([offsetMs, message]) => ({ timestamp: NOW_MS + offsetMs, message })),
    });
  for (const logStreamName of ['api-1', 'api-2', 'web']) {
    await stage.client.createLogStream({ logGroupName: GROUP, logStreamName });
  }
  await put('web', [1, '2'], [3, '5']);
  await put('api-2', [0, '1'], [1, '3']);
  await put('api-1', [1, '4'], [9, '6']);
  return stage;
}

function textOf({ events = [] }: FilterLogEventsCommandOutput): string {
  return events.map(({ message }) => message).join('');
}

it('interleaves the streams by time, then by arrival', async () => {
  const { client } = await startWithThree();
  const answer = await client.filterLogEvents({ logGroupName: GROUP });
  expect(textOf(answer)).toBe('123456');
  expect(answer.nextToken).toBeUndefined();
  expect(answer.events?.[0]).toEqual({
    logStreamName: 'api-2',
    timestamp: NOW_MS,
    message: '1',
    ingestionTime: NOW_MS,
    eventId: expect.stringMatching(/^\d{56}$/),
  });
  expect(new Set(answer.events?.map(({ eventId }) => eventId)).size).toBe(6);
});

it('goes on where a page ended, whatever arrives meanwhile', async () => {
  const { client } = await startWithThree();
  const first = await client.filterLogEvents({ logGroupName: GROUP, limit: 4 });
  const early = {
    logGroupName: GROUP,
    logStreamName: 'web',
    logEvents: [{ timestamp: NOW_MS, message: 'early' }],
  };
  await client.putLogEvents(early);
  const second = await client.filterLogEvents({ logGroupName: GROUP, limit: 4, nextToken: first.nextToken });
  expect([first, second].map(textOf)).toEqual(['1234', '56']);
  expect(second.nextToken).toBeUndefined();
});

it('has no token when a page is full and nothing is left', async () => {
  const { client } = await startWithThree();
  expect((await client.filterLogEvents({ logGroupName: GROUP, limit: 6 })).nextToken).toBeUndefined();
  expect((await client.filterLogEvents({ logGroupName: GROUP, limit: 5 })).nextToken).toBeDefined();
});

it.each([
  [{ logStreamNames: ['web', 'api-1', 'web'] }, '2456'],
  [{ logStreamNamePrefix: 'api' }, '1346'],
  [{ startTime: NOW_MS + 1, endTime: NOW_MS + 3 }, '2345'],
  [{ startTime: NOW_MS + 4 }, '6'],
  [{ filterPattern: '5' }, '5'],
])('selects by %j', async (selection, expected) => {
  const { client } = await startWithThree();
  expect(textOf(await client.filterLogEvents({ logGroupName: GROUP, ...selection }))).toBe(expected);
});

it('refuses names together with a prefix, unknown names and bad patterns', async () => {
  const { client } = await startWithThree();
  const both = { logGroupName: GROUP, logStreamNames: ['web'], logStreamNamePrefix: 'w' };
  expect((await refused(client.filterLogEvents(both))).name).toBe('InvalidParameterException');
  const unknown = client.filterLogEvents({ logGroupName: GROUP, logStreamNames: ['nobody'] });
  expect((await refused(unknown)).message).toBe('The specified log stream does not exist.');
  const bad = await refused(client.filterLogEvents({ logGroupName: GROUP, filterPattern: '[a' }));
  expect([bad.name, bad.status]).toEqual(['InvalidParameterException', 400]);
});

it.each([
  [0, 400],
  [1, 200],
  [100, 200],
  [101, 400],
])('%d stream names → %d', async (count, status) => {
  const stage = await startWithThree();
  const logStreamNames = Array.from({ length: count }, () => 'web');
  expect((await stage.raw('FilterLogEvents', { logGroupName: GROUP, logStreamNames })).status).toBe(status);
});

it('answers an empty page with a token where it would have to look at too many events', async () => {
  const { client } = await startWithThree();
  const logEvents = Array.from({ length: 10_000 }, () => ({ timestamp: NOW_MS, message: 'x' }));
  const noise = { logGroupName: GROUP, logStreamName: 'web', logEvents };
  for (let call = 0; call < 10; call++) await client.putLogEvents(noise);

  const rare = { logGroupName: GROUP, filterPattern: '"6"' };
  const first = await client.filterLogEvents(rare);
  expect(first.events).toEqual([]);
  const second = await client.filterLogEvents({ ...rare, nextToken: first.nextToken });
  expect(textOf(second)).toBe('6');
  expect(second.nextToken).toBeUndefined();
});

it('goes on backwards where a page ended', async () => {
  const { client } = await startWithThree();
  const input = { logGroupName: GROUP, startFromHead: false, startTime: NOW_MS, limit: 4 };
  const first = await client.filterLogEvents(input);
  const second = await client.filterLogEvents({ ...input, nextToken: first.nextToken });
  expect([first, second].map(textOf)).toEqual(['6543', '21']);
  expect(second.nextToken).toBeUndefined();
});
