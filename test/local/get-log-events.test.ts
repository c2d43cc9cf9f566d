import type { GetLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import { GROUP, NOW_MS, refused, start, startEmpty, type Stage, stopAll, TARGET } from './harness.js';

afterEach(stopAll);

/** Events 0 to 6, a millisecond apart. */
async function startWithSeven(): Promise<Stage> {
  const stage = await start();
  const logEvents = Array.from({ length: 7 }, (_, index) => ({
    timestamp: NOW_MS + index,
    message: String(index),
  }));
  await stage.client.putLogEvents({ ...TARGET, logEvents });
  return stage;
}

function textOf({ events = [] }: GetLogEventsCommandOutput): string {
  return events.map(({ message }) => message).join('');
}

it('sorts by time, then by arrival', async () => {
  const { client } = await start();
  const put = (message: string, timestamp: number): Promise<unknown> =>
    client.putLogEvents({ ...TARGET, logEvents: [{ timestamp, message }] });
  await put('c', NOW_MS + 1);
  await put('a', NOW_MS);
  await put('d', NOW_MS + 1);
  await put('b', NOW_MS);
  expect(textOf(await client.getLogEvents(TARGET))).toBe('abcd');
});

it('gives time, message and ingestion time', async () => {
  const stage = await start();
  await stage.put([NOW_MS - 5], 'line');
  expect((await stage.client.getLogEvents(TARGET)).events).toEqual([
    { timestamp: NOW_MS - 5, message: 'line', ingestionTime: NOW_MS },
  ]);
});

it('reads forward to the end, where the same token comes back', async () => {
  const { client } = await startWithSeven();
  const first = await client.getLogEvents({ ...TARGET, startFromHead: true, limit: 3 });
  const second = await client.getLogEvents({ ...TARGET, nextToken: first.nextForwardToken, limit: 3 });
  const third = await client.getLogEvents({ ...TARGET, nextToken: second.nextForwardToken, limit: 3 });
  const fourth = await client.getLogEvents({ ...TARGET, nextToken: third.nextForwardToken, limit: 3 });
  expect([first, second, third, fourth].map(textOf)).toEqual(['012', '345', '6', '']);
  expect(second.nextForwardToken).not.toBe(first.nextForwardToken);
  expect(fourth.nextForwardToken).toBe(third.nextForwardToken);
});

it('reads backward from the tail, where the same token comes back', async () => {
  const { client } = await startWithSeven();
  const first = await client.getLogEvents({ ...TARGET, limit: 3 });
  const second = await client.getLogEvents({ ...TARGET, nextToken: first.nextBackwardToken, limit: 3 });
  const third = await client.getLogEvents({ ...TARGET, nextToken: second.nextBackwardToken, limit: 3 });
  const fourth = await client.getLogEvents({ ...TARGET, nextToken: third.nextBackwardToken, limit: 3 });
  expect([first, second, third, fourth].map(textOf)).toEqual(['456', '123', '0', '']);
  expect(fourth.nextBackwardToken).toBe(third.nextBackwardToken);
});

it('turns round at the end', async () => {
  const { client } = await startWithSeven();
  const all = await client.getLogEvents({ ...TARGET, startFromHead: true });
  const end = await client.getLogEvents({ ...TARGET, nextToken: all.nextForwardToken });
  expect(textOf(await client.getLogEvents({ ...TARGET, nextToken: end.nextBackwardToken, limit: 2 }))).toBe(
    '56',
  );
});

it('finds what arrives after the end', async () => {
  const stage = await start();
  const { nextForwardToken } = await stage.client.getLogEvents({ ...TARGET, startFromHead: true });
  await stage.put([NOW_MS], 'late');
  const next = await stage.client.getLogEvents({ ...TARGET, nextToken: nextForwardToken });
  expect(textOf(next)).toBe('late');
  await stage.put([NOW_MS], 'later');
  expect(textOf(await stage.client.getLogEvents({ ...TARGET, nextToken: next.nextForwardToken }))).toBe(
    'later',
  );
});

it('includes the start time and excludes the end time', async () => {
  const { client } = await startWithSeven();
  const times = { startTime: NOW_MS + 2, endTime: NOW_MS + 4 };
  expect(textOf(await client.getLogEvents({ ...TARGET, ...times }))).toBe('23');
});

it.each([
  [0, 400],
  [1, 200],
  [10_000, 200],
  [10_001, 400],
])('limit %d → %d', async (limit, status) => {
  const stage = await start();
  expect((await stage.raw('GetLogEvents', { ...TARGET, limit })).status).toBe(status);
});

it('ends a page at 1 MB', async () => {
  const stage = await start();
  const half = 'x'.repeat(524_288 - 26);
  for (const message of [half, half, 'x']) await stage.put([NOW_MS], message);
  const first = await stage.client.getLogEvents({ ...TARGET, startFromHead: true });
  const second = await stage.client.getLogEvents({ ...TARGET, nextToken: first.nextForwardToken });
  expect([first.events?.length, second.events?.length]).toEqual([2, 1]);
  expect((await stage.client.getLogEvents(TARGET)).events?.map(({ message }) => message?.length)).toEqual([
    half.length,
    1,
  ]);
});

it.each(['garbage', 'x/WzEsMV0', 'f/garbage', 'f/W10'])('refuses token %s', async (nextToken) => {
  const { client } = await start();
  expect((await refused(client.getLogEvents({ ...TARGET, nextToken }))).message).toBe(
    'The specified nextToken is invalid.',
  );
});

it('is not for groups of infrequent access', async () => {
  const { client } = await startEmpty();
  await client.createLogGroup({ logGroupName: GROUP, logGroupClass: 'INFREQUENT_ACCESS' });
  await client.createLogStream(TARGET);
  expect((await refused(client.getLogEvents(TARGET))).name).toBe('InvalidParameterException');
  expect((await refused(client.filterLogEvents({ logGroupName: GROUP }))).name).toBe(
    'InvalidParameterException',
  );
});
