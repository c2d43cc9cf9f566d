import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { startLocalCloudWatchLogs, type LocalCloudWatchLogs } from '../../../local/index.js';
import { root } from '../../support/imports.js';
import { runWith } from '../../support/programs.js';

type Line = Readonly<Record<string, unknown>>;

const folder = join(root, '.cache/logtape');
const isInstalled = existsSync(join(folder, 'node_modules/@logtape/cloudwatch-logs'));

let service: LocalCloudWatchLogs;

beforeEach(async () => {
  service = await startLocalCloudWatchLogs();
});

afterEach(() => service.close());

const keys = { AWS_ACCESS_KEY_ID: 'AKIDSINK', AWS_SECRET_ACCESS_KEY: 'secret' };

/** The lines that a program stores, with their events' times. */
async function storedBy(way: 'before' | 'after'): Promise<{ line: Line; timeMs: number }[]> {
  const program = join(root, 'test/deploy/loggers/logtape-before-and-after.mjs');
  const env = { ...process.env, ...keys, SERVICE_URL: service.endpoint, FAPILOG_CORE__ENRICH: 'false' };
  const { code, stderr } = await runWith([program, way, folder], env);
  expect([code, stderr.replace(/\(node:[^]*$/, '')]).toEqual([0, '']);
  const client = new CloudWatchLogs({
    endpoint: service.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDREADER', secretAccessKey: 'secret' },
  });
  const { events = [] } = await client.getLogEvents({
    logGroupName: '/myapp/production',
    logStreamName: way,
    startFromHead: true,
  });
  client.destroy();
  return events.map(({ message = '', timestamp = 0 }) => ({
    line: JSON.parse(message) as Line,
    timeMs: timestamp,
  }));
}

/** A line of `jsonLinesFormatter` as the table of the page says that it becomes ours. */
function asOurs({ '@timestamp': timestamp, level, message, logger, properties }: Line): Line {
  const { level: _level, error, ...fields } = properties as Record<string, unknown>;
  return {
    timestamp,
    level: String(level).toLowerCase(),
    message: String(message).replaceAll('"', '').replace('{}', 'TypeError: card declined'),
    logger,
    ...fields,
    ...(_level === undefined ? {} : { _level }),
    ...(error === undefined ? {} : { error: expect.objectContaining(ourError(error as Line)) }),
  };
}

function ourError({ name, message }: Line): Line {
  return { type: name, message, stack: expect.stringContaining('logtape-before-and-after') };
}

(isInstalled ? test : test.skip)(
  'what @logtape/cloudwatch-logs stores, our sink stores as the page says',
  async () => {
    const client = new CloudWatchLogs({
      endpoint: service.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIDREADER', secretAccessKey: 'secret' },
    });
    await client.createLogGroup({ logGroupName: '/myapp/production' });
    for (const logStreamName of ['before', 'after'])
      await client.createLogStream({ logGroupName: '/myapp/production', logStreamName });
    client.destroy();

    const before = await storedBy('before');
    const after = await storedBy('after');

    expect(before).toHaveLength(8);
    expect(after.map(({ line }) => ({ ...line, timestamp: 0 }))).toEqual(
      before.map(({ line }) => ({ ...asOurs(line), timestamp: 0 })),
    );
    for (const { line, timeMs } of after) expect(Date.parse(String(line['timestamp']))).toBe(timeMs);
  },
);
