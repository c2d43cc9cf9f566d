import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { startLocalCloudWatchLogs, type LocalCloudWatchLogs } from '../../local/index.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import { seeded } from '../../tools/soak/seeded.js';
import { useDummyCredentials } from '../support/delivery-stage.js';
import { IDS_OF_A_LIFE, liveAndBeKilled, type Life, type LifeOptions } from '../support/killed-lives.js';
import { recogniseErrorsOfNode } from '../support/realm.js';
import { eventually, isEmptied, removeDirectory, temporaryDirectory } from '../support/spool-bench.js';

recogniseErrorsOfNode();

const ROUNDS = 100;
/** Programs that are alive at the same time. */
const LANES = 4;
const BATCH_SIZE = 20;
const MAX_CALLS_IN_FLIGHT = 4;

/** The least that `spoolMaxBytes` takes. */
const MIN_SPOOL_BYTES = 16 * 1_048_576;
const PADDING = 4_000;

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

/** Lives one after the other in each of several lanes, as long as more are wanted. */
async function live(
  lanes: number,
  isWanted: (lives: readonly Life[]) => boolean,
  options: (round: number) => Omit<LifeOptions, 'round' | 'spoolDir'>,
): Promise<Life[]> {
  const lives: Life[] = [];
  let round = 0;
  const lane = async (): Promise<void> => {
    while (isWanted(lives)) {
      const life = { spoolDir, round: ++round };
      lives.push(await liveAndBeKilled({ ...life, ...options(life.round) }));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return lives;
}

function heirOf(logStreamName: string, options: CloudWatchSinkOptions = {}): CloudWatchSink {
  const target = { logGroupName: '/myapp/production', logStreamName, region: 'us-east-1' };
  return new CloudWatchSink({ ...target, endpointUrl: service.endpoint, spoolDir, env: {}, ...options });
}

const acknowledgedIn = (lives: readonly Life[]): number[] =>
  lives.flatMap(({ acknowledged }) => acknowledged);

test('of 100 processes that are killed at any time, every event whose log call returned is delivered', async () => {
  const random = seeded(Date.now());
  let started = 0;
  const lives = await live(
    LANES,
    () => started++ < ROUNDS,
    () => ({ endpoint: service.endpoint, forMs: random() * 100 }),
  );

  const heir = heirOf('heir');
  await eventually(() => isEmptied(spoolDir));
  const report = await heir.close({ deadlineMs: 60_000 });
  expect(report).toMatchObject({
    accepted: report.delivered,
    delivered: report.adopted,
    pending: 0,
    spooled: 0,
  });
  expect(readdirSync(spoolDir)).toEqual([]);

  const acknowledged = acknowledgedIn(lives);
  const found = new Set(stored);
  expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
  // It took part, and was not only called.
  expect(lives).toHaveLength(ROUNDS);
  expect(acknowledged.length).toBeGreaterThan(ROUNDS * 10);
  expect(report.adopted).toBeGreaterThan(0);

  // An event that was being logged may be there; none that nobody logged.
  const lastOf = new Map(lives.map(({ firstId, acknowledged: ids }) => [firstId, ids.at(-1) ?? firstId - 1]));
  const invented = [...found].filter((id) => {
    const firstId = Math.floor(id / IDS_OF_A_LIFE) * IDS_OF_A_LIFE;
    return id > (lastOf.get(firstId) ?? -1) + 1;
  });
  expect(invented).toEqual([]);

  // Whoever is killed leaves the calls that were under way to the next, also those with the events of an earlier one.
  const repeated = stored.length - found.size;
  expect(repeated).toBeLessThanOrEqual(lives.length * MAX_CALLS_IN_FLIGHT * BATCH_SIZE);
  // Nothing comes twice without need.
  expect(repeated).toBeLessThan(found.size);
}, 600_000);

test('of processes that are starved of CPU, and leave more than the next ones may hold, every event is delivered', async () => {
  const random = seeded(Date.now());
  const lives = await live(
    4 * availableParallelism(),
    (sofar) => acknowledgedIn(sofar).length * PADDING < 1.5 * MIN_SPOOL_BYTES,
    // Nobody listens there, so that all of it stays.
    () => ({ endpoint: 'http://127.0.0.1:1', forMs: random() * 2_000, padding: PADDING, isStarved: true }),
  );

  const options = { spoolMaxBytes: MIN_SPOOL_BYTES };
  const heirs = Array.from({ length: 3 }, (_, index) => heirOf(`starved-heir-${index}`, options));
  await eventually(() => isEmptied(spoolDir));
  const reports = await Promise.all(heirs.map((heir) => heir.close({ deadlineMs: 60_000 })));

  const found = new Set(stored);
  expect(acknowledgedIn(lives).filter((id) => !found.has(id))).toEqual([]);
  for (const report of reports)
    expect(report).toMatchObject({ dropped: { total: 0 }, diverted: { total: 0 }, spooled: 0 });
  expect(readdirSync(spoolDir)).toEqual([]);
}, 600_000);
