import { startLocalCloudWatchLogs, type LocalCloudWatchLogs } from '../../local/index.js';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import { withEdges } from '../../runtime/edges.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import { TARGET, useDummyCredentials } from '../support/delivery-stage.js';
import { runProgram } from '../support/program.js';
import { recogniseErrorsOfNode } from '../support/realm.js';
import { removeDirectory, segmentsIn, spooledIn, temporaryDirectory } from '../support/spool-bench.js';

recogniseErrorsOfNode();
jest.setTimeout(120_000);

const LEFT = 400;
const DELAY_MS = 250;

let service: LocalCloudWatchLogs;
let spoolDir: string;

beforeEach(async () => {
  useDummyCredentials();
  spoolDir = temporaryDirectory();
  service = await startLocalCloudWatchLogs();
});

afterEach(async () => {
  await service.close();
  removeDirectory(spoolDir);
});

/** What a process left: so many segments of one event. */
async function leave(): Promise<void> {
  const options = { ...TARGET, region: 'us-east-1', endpointUrl: 'http://127.0.0.1:1', env: {} };
  const sink = new CloudWatchSink(
    withEdges({ ...options, spoolDir, batchSize: 1 }, { writeStderr: () => true }),
  );
  for (let id = 0; id < LEFT; id++)
    sink.write({ timeMs: Date.now() + id, level: 'info', message: String(id), fields: [] });
  await sink.close({ deadlineMs: 0 });
}

async function end(): Promise<DeliveryReport> {
  const ended = await runProgram('inherits.mjs', {
    env: { SERVICE_URL: service.endpoint, SPOOL_DIR: spoolDir },
  });
  expect(ended.by).toBe(0);
  return JSON.parse(ended.stdout) as DeliveryReport;
}

test('a program with nothing more to do ends at its deadline, however much others left', async () => {
  await leave();
  service.inject({ kind: 'delay', delayMs: DELAY_MS, times: Infinity });
  const { accepted, delivered, spooled, adopted } = await end();

  // All of it would take many times the deadline, even if every call were for it.
  expect(adopted).toBeLessThan(LEFT / 2);
  expect([accepted, delivered + spooled]).toEqual([adopted + 1, adopted + 1]);
  expect(spooledIn(spoolDir).flat().length).toBe(LEFT + 1 - delivered);
});

test('what it has time for, it delivers', async () => {
  await leave();
  const { adopted, delivered, spooled } = await end();

  expect(adopted).toBeGreaterThan(0);
  expect([delivered, segmentsIn(spoolDir).length]).toEqual([adopted + 1 - spooled, LEFT + 1 - delivered]);
});
