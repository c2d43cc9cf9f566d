import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import {
  isBalanced,
  CloudWatchSink,
  getLogger,
  registerFilter,
  registerSink,
  Settings,
  type Logger,
} from 'fapilog-cloudwatch';
import { startLocalCloudWatchLogs, type LocalCloudWatchLogs } from 'fapilog-cloudwatch/testing';

/** What AWS and the operator would set; each test starts from it and from nothing of ours. */
const AWS = { AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

const TARGET = {
  FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
  FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'api-server',
};

const original = { ...process.env };
let server: LocalCloudWatchLogs;
let folder: string;

beforeEach(async () => {
  server = await startLocalCloudWatchLogs();
  folder = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-quick-'));
  process.env = { ...original, ...AWS, AWS_ENDPOINT_URL: server.endpoint, FAPILOG_CORE__ENRICH: 'false' };
});

afterEach(async () => {
  process.env = original;
  rmSync(folder, { recursive: true });
  await server.close();
});

/** Closes the logger, checks the ledger, and reads the lines back with the official client. */
async function linesOf(logger: Logger, logStreamName = 'api-server'): Promise<Record<string, unknown>[]> {
  const report = await logger.close({ deadlineMs: 5_000 });
  expect(isBalanced(report)).toBe(true);
  expect(report).toMatchObject({ pending: 0, dropped: { total: 0 }, diverted: { total: 0 } });
  const client = new CloudWatchLogs({ maxAttempts: 1 });
  const { events = [] } = await client.getLogEvents({
    logGroupName: '/myapp/production',
    logStreamName,
    startFromHead: true,
  });
  client.destroy();
  return events.map(({ message = '' }) => {
    const { timestamp, ...line } = JSON.parse(message) as Record<string, unknown>;
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    return line;
  });
}

const READY = { level: 'info', message: 'cloudwatch ready', service: 'api' };

test('in code: a sink with its names, and a logger on it', async () => {
  const sink = new CloudWatchSink({
    logGroupName: '/myapp/production',
    logStreamName: 'api-server',
    region: 'us-west-2',
    batchSize: 50,
  });
  const logger = getLogger({ settings: new Settings(), sinks: [sink] });
  logger.info('cloudwatch ready', { service: 'api' });

  expect(await linesOf(logger)).toEqual([READY]);
});

test.each([
  ['with the Region of AWS and the two names alone', TARGET],
  [
    'as the Python page prints it',
    {
      ...TARGET,
      FAPILOG_CORE__SINKS: '["cloudwatch"]',
      FAPILOG_CORE__LOG_LEVEL: 'INFO',
      FAPILOG_CLOUDWATCH__REGION: 'us-west-2',
      FAPILOG_CLOUDWATCH__BATCH_SIZE: '50',
      FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS: '2',
      FAPILOG_CLOUDWATCH__MAX_RETRIES: '3',
      FAPILOG_CLOUDWATCH__RETRY_BASE_DELAY: '0.5',
    },
  ],
  [
    'in the full spelling and lower case',
    {
      fapilog_sink_config__cloudwatch__log_group_name: '/myapp/production',
      fapilog_sink_config__cloudwatch__log_stream_name: 'api-server',
    },
  ],
  [
    'as one JSON value',
    {
      FAPILOG_SINK_CONFIG:
        '{"cloudwatch":{"log_group_name":"/myapp/production","log_stream_name":"api-server"}}',
    },
  ],
])('by environment, %s', async (_, env) => {
  Object.assign(process.env, env);
  const logger = getLogger();
  logger.info('cloudwatch ready', { service: 'api' });
  expect(getLogger('orders').bindings()).toEqual({ logger: 'orders' });

  expect(await linesOf(logger)).toEqual([READY]);
});

test('by a YAML file, under the environment', async () => {
  const file = join(folder, 'logging.yaml');
  writeFileSync(
    file,
    `core:
  sinks: ["cloudwatch"]
  log_level: error
sink_config:
  cloudwatch:
    log_group_name: "/myapp/production"
    log_stream_name: "api-server"
    region: "us-west-2"
`,
  );
  process.env['FAPILOG_CONFIG_FILE'] = file;
  process.env['FAPILOG_CORE__LOG_LEVEL'] = 'INFO';
  const logger = getLogger();
  logger.info('cloudwatch ready', { service: 'api' });

  expect(await linesOf(logger)).toEqual([READY]);
});

test('a mistake in a file is named with its line, what is there and what is allowed', () => {
  const file = join(folder, 'logging.yaml');
  writeFileSync(file, 'core:\n  sinks: ["cloudwatch"]\nsink_config:\n  cloudwatch:\n    batch_sise: 5\n');

  expect(() => new Settings({}, { file })).toThrow(
    `invalid setting: ${file}:5: sink_config.cloudwatch.batch_sise is 5: no such setting; did you mean "batch_size"?`,
  );
});

test('a rate limit upstream limits what reaches the service, by a nested field, and tells what it held back', async () => {
  Object.assign(process.env, TARGET, {
    FAPILOG_CORE__FILTERS: 'rate_limit',
    FAPILOG_FILTER_CONFIG__RATE_LIMIT__CAPACITY: '3',
    FAPILOG_FILTER_CONFIG__RATE_LIMIT__REFILL_RATE_PER_SEC: '0',
    FAPILOG_FILTER_CONFIG__RATE_LIMIT__KEY_FIELD: 'user.id',
  });
  const logger = getLogger();
  for (let each = 0; each < 5; each++) logger.info('click', { user: { id: 'a' } });
  logger.info('click', { user: { id: 'b' } });
  logger.debug('below the level, which a filter does not switch off');

  const lines = await linesOf(logger);
  expect(lines.filter(({ message }) => message === 'click').map(({ user }) => user)).toEqual([
    { id: 'a' },
    { id: 'a' },
    { id: 'a' },
    { id: 'b' },
  ]);
  expect(lines.at(-1)).toMatchObject({ level: 'warn', suppressed: 2, filter: 'rate_limit' });
  expect(logger.stats().filtered).toEqual({ total: 2, byReason: { rate_limit: 2 } });
});

test('redaction by one setting hides secrets before there is any text', async () => {
  Object.assign(process.env, TARGET, { FAPILOG_REDACTION__ENABLED: 'true' });
  const logger = getLogger();
  logger.info('sign in of eve@example.com', { user: { name: 'eve', password: 'hunter2' } });

  expect(await linesOf(logger)).toEqual([
    {
      level: 'info',
      message: 'sign in of [redacted]',
      user: { name: 'eve', password: '[redacted]' },
    },
  ]);
});

test('a sink and a filter that were registered are named in the settings, and routed by level', async () => {
  const taken: string[] = [];
  registerSink('quick_memory', () => new CloudWatchSink({ logStreamName: 'errors' }));
  registerFilter('quick_shout', () => ({
    name: 'quick_shout',
    apply: (record) => {
      taken.push(record.message);
      return { ...record, message: record.message.toUpperCase() };
    },
  }));
  Object.assign(process.env, TARGET, {
    FAPILOG_CORE__SINKS: 'cloudwatch,quick-memory',
    FAPILOG_CORE__FILTERS: 'quick_shout',
    FAPILOG_SINK_ROUTING__ENABLED: 'true',
    FAPILOG_SINK_ROUTING__RULES: '[{"levels":["ERROR"],"sinks":["quick_memory"]}]',
    FAPILOG_SINK_ROUTING__FALLBACK_SINKS: 'cloudwatch',
  });
  const logger = getLogger();
  logger.info('calm');
  logger.error('loud');

  expect(await linesOf(logger)).toEqual([{ level: 'info', message: 'CALM' }]);
  expect(await linesOf(logger, 'errors')).toEqual([{ level: 'error', message: 'LOUD' }]);
  expect(taken).toEqual(['calm', 'loud']);
});

test('health is known without a call of its own', async () => {
  Object.assign(process.env, TARGET);
  const logger = getLogger();
  expect(logger.health().state).toBe('healthy');
  logger.info('cloudwatch ready', { service: 'api' });
  await logger.flush();
  const [sink] = logger.health().sinks;
  expect(sink).toMatchObject({ name: 'cloudwatch', state: 'healthy', oldestPendingAgeMs: 0 });
  expect(Date.now() - (sink!.lastSuccessMs ?? 0)).toBeLessThan(60_000);
  await logger.close();
  expect(logger.health().state).toBe('closed');
  expect(new Set(server.calls.map(({ operation }) => operation))).toEqual(
    new Set(['PutLogEvents', 'CreateLogStream', 'CreateLogGroup']),
  );
});
