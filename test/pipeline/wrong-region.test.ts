import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { CloudWatchSink, getLogger, isBalanced, type Logger, Settings } from 'fapilog-cloudwatch';
import { type LocalCloudWatchLogs, startLocalCloudWatchLogs } from 'fapilog-cloudwatch/testing';
import { withEdges } from '../../runtime/edges.js';
import { poll } from '../support/poll.js';

const GROUP = '/myapp/production';
const KEYS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

const original = { ...process.env };
let server: LocalCloudWatchLogs;
let stderr: string[];

beforeEach(async () => {
  server = await startLocalCloudWatchLogs();
  process.env = { ...original, ...KEYS };
  stderr = [];
  const client = clientIn('eu-central-1');
  await client.createLogGroup({ logGroupName: GROUP });
  await client.createLogStream({ logGroupName: GROUP, logStreamName: 'api' });
  client.destroy();
});

afterEach(async () => {
  process.env = original;
  await server.close();
});

function clientIn(region: string, accessKeyId = 'local'): CloudWatchLogs {
  const credentials = { accessKeyId, secretAccessKey: 'local' };
  return new CloudWatchLogs({ endpoint: server.endpoint, region, maxAttempts: 1, credentials });
}

function loggerIn(region: string): Logger {
  const options = {
    logGroupName: GROUP,
    logStreamName: 'api',
    region,
    endpointUrl: server.endpoint,
    createLogGroup: false,
    batchTimeoutSeconds: 0.1,
  };
  const writeStderr = (text: string): boolean => stderr.push(text) > 0;
  const sink = new CloudWatchSink(withEdges(options, { writeStderr }));
  return getLogger({ settings: new Settings(), sinks: [sink] });
}

test('a log group in eu-central-1 and a sink in us-east-1: refused, diverted, and health says so', async () => {
  const logger = loggerIn('us-east-1');
  logger.info('where am I?');

  const health = await poll('a health that says so', () => {
    const { state, ...rest } = logger.health();
    return state === 'healthy' ? undefined : { state, ...rest };
  });
  expect(JSON.stringify(health)).toContain('the log group is missing');

  const report = await logger.close({ deadlineMs: 1_000 });
  expect(isBalanced(report)).toBe(true);
  expect(report).toMatchObject({ accepted: 1, delivered: 0, diverted: { total: 1 } });
  expect(stderr.join('')).toContain('where am I?');
  expect(server.calls.filter(({ operation }) => operation === 'PutLogEvents')).toContainEqual(
    expect.objectContaining({ status: 400, errorName: 'ResourceNotFoundException', stored: 0 }),
  );
});

test('the same sink in the Region of the log group delivers', async () => {
  const logger = loggerIn('eu-central-1');
  logger.info('here');
  expect(await logger.close({ deadlineMs: 5_000 })).toMatchObject({ accepted: 1, delivered: 1 });
});

test('another account has log groups of its own, and its own ARNs', async () => {
  const client = clientIn('eu-central-1', '123456789013');
  expect((await client.describeLogGroups({})).logGroups).toEqual([]);
  await client.createLogGroup({ logGroupName: GROUP });
  expect((await client.describeLogGroups({})).logGroups?.[0]?.logGroupArn).toBe(
    `arn:aws:logs:eu-central-1:123456789013:log-group:${GROUP}`,
  );
  client.destroy();
});
