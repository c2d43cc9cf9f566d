import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalCloudWatchLogs } from '../../local/index.js';
import { DAY_MS, GROUP, NOW_MS, refused, startEmpty, start, type Stage, stopAll, TARGET } from './harness.js';

const root = mkdtempSync(join(tmpdir(), 'local-data-'));
const dataDirectory = join(root, 'data');

afterEach(async () => {
  await stopAll();
  rmSync(dataDirectory, { recursive: true, force: true });
});
afterAll(() => rmSync(root, { recursive: true }));

async function messagesOf({ client }: Stage): Promise<(string | undefined)[]> {
  const { events = [] } = await client.filterLogEvents({ logGroupName: GROUP });
  return events.map(({ message }) => message);
}

function filesOf(directory: string): string {
  return readdirSync(directory)
    .map((name) => readFileSync(join(directory, name), 'utf8'))
    .join('');
}

test('a server with the directory of another one goes on where that one ended', async () => {
  const first = await start({ dataDirectory });
  await first.client.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 7 });
  await first.client.tagLogGroup({ logGroupName: GROUP, tags: { team: 'payments' } });
  await first.put([NOW_MS], 'before');
  await first.service.close();

  const second = await startEmpty({ dataDirectory });
  await second.put([NOW_MS], 'after');

  expect(await messagesOf(second)).toEqual(['before', 'after']);
  const { logGroups = [] } = await second.client.describeLogGroups();
  expect(logGroups).toMatchObject([{ logGroupName: GROUP, retentionInDays: 7, storedBytes: 63 }]);
  expect((await second.client.listTagsLogGroup({ logGroupName: GROUP })).tags).toEqual({ team: 'payments' });
});

test('a directory is for one server at a time; one that could not start leaves it', async () => {
  const first = await startEmpty({ dataDirectory });
  await expect(startLocalCloudWatchLogs({ dataDirectory })).rejects.toThrow(/is in use by another server/);
  const port = Number(new URL(first.service.endpoint).port);
  const other = join(root, 'other');
  await expect(startLocalCloudWatchLogs({ dataDirectory: other, port })).rejects.toThrow(/EADDRINUSE/);
  await startEmpty({ dataDirectory: other });
});

test('an event that is past its retention leaves the disk', async () => {
  let nowMs = NOW_MS;
  const stage = await start({ dataDirectory, clock: () => nowMs });
  await stage.client.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 1 });
  await stage.put([NOW_MS], 'private');
  expect(filesOf(dataDirectory)).toContain('private');

  nowMs += 2 * DAY_MS;
  await stage.client.describeLogGroups();
  await stage.client.describeLogGroups();

  expect(filesOf(dataDirectory)).not.toContain('private');
});

test('a call that cannot be kept is refused, and changes nothing', async () => {
  const notices: string[] = [];
  const stage = await start({ dataDirectory, onNotice: (line) => notices.push(line) });
  rmSync(dataDirectory, { recursive: true });

  const put = stage.client.putLogEvents({ ...TARGET, logEvents: [{ timestamp: NOW_MS, message: 'lost' }] });
  expect(await refused(put)).toMatchObject({ name: 'ServiceUnavailableException', status: 500 });
  const create = stage.client.createLogGroup({ logGroupName: '/other' });
  expect(await refused(create)).toMatchObject({ message: expect.stringContaining(dataDirectory) });

  expect(await messagesOf(stage)).toEqual([]);
  expect((await stage.client.describeLogGroups()).logGroups).toHaveLength(1);
  expect(notices).toEqual([expect.stringContaining('was removed while the server runs')]);
});

test('with maxEvents, the events and the calls that came last are there', async () => {
  const notices: string[] = [];
  const stage = await start({ maxEvents: 2, onNotice: (line) => notices.push(line) });
  for (const message of ['one', 'two', 'three']) await stage.put([NOW_MS], message);

  expect(await messagesOf(stage)).toEqual(['two', 'three']);
  expect(notices).toHaveLength(1);
});
