import { emitSettings, type TargetOptions } from '../../../cli/emit/emit-settings.js';

const ENV = { AWS_REGION: 'us-east-1', HOME: '/nonexistent' };

function cloudwatch(options: TargetOptions, env: NodeJS.ProcessEnv = {}) {
  return emitSettings({ group: '/g', ...options }, { ...ENV, ...env }).cloudwatch;
}

test('options win over the environment, which wins over what is usual', () => {
  const env = { FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'env', FAPILOG_CLOUDWATCH__BATCH_SIZE: '7' };
  expect(cloudwatch({ group: '/given', stream: 'given', region: 'eu-central-1' }, env)).toMatchObject({
    logGroupName: '/given',
    logStreamName: 'given',
    region: 'eu-central-1',
    batchSize: 7,
  });
});

test('order, whole lines and patience are the defaults, and the environment may say otherwise', () => {
  expect(cloudwatch({})).toMatchObject({
    ordered: true,
    oversizeAction: 'split',
    maxBatchAgeSeconds: 1_209_600,
  });
  const env = {
    FAPILOG_CLOUDWATCH__ORDERED: 'false',
    FAPILOG_CLOUDWATCH__OVERSIZE_ACTION: 'truncate',
    FAPILOG_CLOUDWATCH__MAX_BATCH_AGE_SECONDS: '60',
  };
  expect(cloudwatch({}, env)).toMatchObject({
    ordered: false,
    oversizeAction: 'truncate',
    maxBatchAgeSeconds: 60,
  });
});

test('memory has room for what is read at once, and may have more', () => {
  const small = { FAPILOG_CLOUDWATCH__MAX_QUEUE_BYTES: '1048576', FAPILOG_CLOUDWATCH__MAX_QUEUE_EVENTS: '1' };
  expect(cloudwatch({}, small)).toMatchObject({ maxQueueBytes: 41_943_040, maxQueueEvents: 250_000 });
  const large = { FAPILOG_CLOUDWATCH__MAX_QUEUE_BYTES: '100000000' };
  expect(cloudwatch({}, large)).toMatchObject({ maxQueueBytes: 100_000_000 });
});

test.each([
  [undefined, undefined, true],
  [undefined, 'false', false],
  [true, 'false', true],
  [false, 'true', false],
])('--create %s, where the environment says %s, creates: %s', (create, variable, expected) => {
  const env = {
    FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: variable,
    FAPILOG_CLOUDWATCH__CREATE_LOG_STREAM: variable,
  };
  expect(cloudwatch({ create }, env)).toMatchObject({ createLogGroup: expected, createLogStream: expected });
});

test.each<[string, TargetOptions, NodeJS.ProcessEnv, string]>([
  [
    'no log group',
    {},
    {},
    'There is no log group. Give --group /host/web1, or set FAPILOG_CLOUDWATCH__LOG_GROUP_NAME.',
  ],
  [
    'no Region',
    { group: '/g' },
    { AWS_REGION: '' },
    'There is no Region. Give --region us-east-1, or set AWS_REGION.',
  ],
  [
    'a log level that lets nothing pass',
    { group: '/g' },
    { FAPILOG_CORE__LOG_LEVEL: 'silent' },
    'FAPILOG_CORE__LOG_LEVEL is silent: nothing would be delivered. Unset it for this command.',
  ],
  [
    'a malformed variable',
    { group: '/g' },
    { FAPILOG_CLOUDWATCH__BATCH_SIZE: 'x' },
    'FAPILOG_CLOUDWATCH__BATCH_SIZE is "x"; allowed: an integer from 1 to 10000.',
  ],
])('%s is one line that says how to mend it', (_, options, env, message) => {
  expect(() => emitSettings(options, { ...ENV, ...env })).toThrow(
    expect.objectContaining({ name: 'Failure', message }),
  );
});
