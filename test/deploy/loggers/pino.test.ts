import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { startLocalCloudWatchLogs, type LocalCloudWatchLogs } from '../../../local/index.js';
import { root } from '../../support/imports.js';
import { runWith } from '../../support/programs.js';

const folder = join(root, '.cache/pino-transport');
const isInstalled = existsSync(join(folder, 'node_modules/@serdnam/pino-cloudwatch-transport'));

const credentials = { AWS_ACCESS_KEY_ID: 'AKIDSINK', AWS_SECRET_ACCESS_KEY: 'secret' };

let service: LocalCloudWatchLogs;

beforeEach(async () => {
  service = await startLocalCloudWatchLogs();
});

afterEach(() => service.close());

/** What is stored once pino has logged by a transport. */
async function stored(which: 'before' | 'after', nowMs: number): Promise<unknown[]> {
  const ended = await runWith([join(root, 'test/deploy/loggers/pino-before-and-after.mjs'), which, folder], {
    ...process.env,
    ...credentials,
    SERVICE_URL: service.endpoint,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: service.endpoint,
    NOW_MS: String(nowMs),
  });
  expect(ended).toMatchObject({ code: 0 });
  const client = new CloudWatchLogs({
    endpoint: service.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDREADER', secretAccessKey: 'secret' },
  });
  const target = { logGroupName: `/myapp/${which}`, logStreamName: 'api-server' };
  const { events = [] } = await client.getLogEvents({ ...target, startFromHead: true });
  client.destroy();
  return events.map(({ timestamp, message = '' }) => ({
    timestamp,
    line: message.replace(/"pid":\d+/, '"pid":0'),
  }));
}

(isInstalled ? test : test.skip)(
  'what @serdnam/pino-cloudwatch-transport stores is stored, line by line and with its time',
  async () => {
    const nowMs = Date.now();
    const before = await stored('before', nowMs);

    expect(before).toHaveLength(5);
    expect(await stored('after', nowMs)).toEqual(before);
  },
  120_000,
);
