import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalCloudWatchLogs, type LocalCloudWatchLogs } from '../../local/index.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import { pause, seeded, useDummyCredentials } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { recogniseErrorsOfNode } from '../support/realm.js';
import { eventually, isEmptied, removeDirectory, temporaryDirectory } from '../support/spool-bench.js';

recogniseErrorsOfNode();

const ROUNDS = 100;
/** Programs that are alive at the same time. */
const LANES = 4;
const BATCH_SIZE = 20;
const MAX_CALLS_IN_FLIGHT = 4;

let service: LocalCloudWatchLogs;
let spoolDir: string;
/** Every id that the service stored, as often as it did. */
const stored: number[] = [];

beforeAll(async () => {
  useDummyCredentials();
  spoolDir = temporaryDirectory();
  service = await startLocalCloudWatchLogs();
  // Sees each call that is stored, and never applies.
  service.inject({
    kind: 'hang',
    when: ({ messages }) => {
      stored.push(...messages.map((message) => (JSON.parse(message) as { id: number }).id));
      return false;
    },
  });
});

afterAll(async () => {
  await service.close();
  removeDirectory(spoolDir);
});

interface Life {
  readonly firstId: number;
  /** Ids whose log calls had returned. */
  readonly acknowledged: number[];
}

/** Runs the program, kills it some time after its first line, and gives what it had acknowledged. */
async function live(round: number, forMs: number): Promise<Life> {
  const firstId = round * 1_000_000;
  const child = spawn(process.execPath, [join(root, 'test/pipeline/programs/spools.mjs')], {
    env: {
      ...process.env,
      SERVICE_URL: service.endpoint,
      SPOOL_DIR: spoolDir,
      STREAM: `round-${round}`,
      FIRST_ID: String(firstId),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  const begun = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      resolve();
    });
  });
  const ended = endOf(child);
  await Promise.race([begun, ended]);
  await pause(forMs);
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  // A line that is torn was not said.
  const acknowledged = printed.split('\n').slice(0, -1).map(Number);
  return { firstId, acknowledged };
}

function endOf(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)));
}

test('of 100 processes that are killed at any time, every event whose log call returned is delivered', async () => {
  const random = seeded(Date.now());
  const lives: Life[] = [];
  let round = 0;
  const lane = async (): Promise<void> => {
    while (round < ROUNDS) lives.push(await live(++round, random() * 100));
  };
  await Promise.all(Array.from({ length: LANES }, lane));

  const heir = new CloudWatchSink({
    logGroupName: '/myapp/production',
    logStreamName: 'heir',
    region: 'us-east-1',
    endpointUrl: service.endpoint,
    spoolDir,
    env: {},
  });
  await eventually(() => isEmptied(spoolDir));
  const report = await heir.close({ deadlineMs: 60_000 });
  expect(report).toMatchObject({
    accepted: report.delivered,
    delivered: report.adopted,
    pending: 0,
    spooled: 0,
  });
  expect(readdirSync(spoolDir)).toEqual([]);

  const acknowledged = lives.flatMap((life) => life.acknowledged);
  const found = new Set(stored);
  expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
  // It took part, and was not only called.
  expect(lives).toHaveLength(ROUNDS);
  expect(acknowledged.length).toBeGreaterThan(ROUNDS * 10);
  expect(report.adopted).toBeGreaterThan(0);

  // An event that was being logged may be there; none that nobody logged.
  const lastOf = new Map(lives.map(({ firstId, acknowledged: ids }) => [firstId, ids.at(-1) ?? firstId - 1]));
  const invented = [...found].filter((id) => {
    const firstId = Math.floor(id / 1_000_000) * 1_000_000;
    return id > (lastOf.get(firstId) ?? -1) + 1;
  });
  expect(invented).toEqual([]);

  for (const { firstId } of lives) {
    const ids = stored.filter((id) => Math.floor(id / 1_000_000) * 1_000_000 === firstId);
    expect(ids.length - new Set(ids).size).toBeLessThanOrEqual(MAX_CALLS_IN_FLIGHT * BATCH_SIZE);
  }
}, 600_000);
