import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ServerFolder, type ServerProcess } from './server-process.js';

const LANES = 4;
const CALL_EVENTS = 50;
const ROUNDS = 4;
const GROUP = { logGroupName: '/myapp/production' };

const folder = new ServerFolder();
let server: ServerProcess;

afterAll(async () => {
  await server.kill();
  folder.remove();
});

function clientOf({ line: endpoint }: ServerProcess): CloudWatchLogs {
  const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret' };
  return new CloudWatchLogs({ endpoint, region: 'us-east-1', maxAttempts: 1, credentials });
}

let lastId = 0;

/** Puts events until the server is gone, and returns the ids of those that it acknowledged. */
async function putUntilKilled(client: CloudWatchLogs, logStreamName: string): Promise<string[]> {
  const acknowledged: string[] = [];
  for (;;) {
    const ids = Array.from({ length: CALL_EVENTS }, () => String((lastId += 1)));
    const timestamp = Date.now();
    const logEvents = ids.map((message) => ({ timestamp, message }));
    try {
      await client.putLogEvents({ ...GROUP, logStreamName, logEvents });
    } catch {
      return acknowledged;
    }
    acknowledged.push(...ids);
  }
}

async function storedIds(client: CloudWatchLogs): Promise<string[]> {
  const ids: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.filterLogEvents({ ...GROUP, nextToken });
    ids.push(...(page.events ?? []).map(({ message = '' }) => message));
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  return ids;
}

test('nothing that was acknowledged is missing after kill -9, and nothing is there twice', async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    server = await folder.start();
    const client = clientOf(server);
    const lanes = Array.from({ length: LANES }, (_, lane) => `round-${round}-lane-${lane}`);
    if (round === 0) await client.createLogGroup(GROUP);
    for (const logStreamName of lanes) await client.createLogStream({ ...GROUP, logStreamName });
    const puts = lanes.map((lane) => putUntilKilled(client, lane));
    await new Promise((resolve) => setTimeout(resolve, 200 + 37 * round));
    await server.kill();
    acknowledged.push(...(await Promise.all(puts)).flat());
    client.destroy();
  }
  server = await folder.start();
  const client = clientOf(server);
  const stored = await storedIds(client);
  client.destroy();

  expect(acknowledged.length).toBeGreaterThan(ROUNDS * CALL_EVENTS);
  expect(new Set(stored).size).toBe(stored.length);
  const isStored = new Set(stored);
  expect(acknowledged.filter((id) => !isStored.has(id))).toEqual([]);
}, 60_000);

test('a second process is told which directory and which process; after kill -9 it may go on', async () => {
  const second = await folder.start();
  expect(second.line).toContain(`The data directory ${folder.dataDirectory} is in use`);
  expect(second.line).toContain(`process ${server.pid} `);

  await server.kill();
  server = await folder.start();
  expect(server.line).toMatch(/^http:/);
});
