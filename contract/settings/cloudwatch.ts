import { bytes, choice, flag, integer, oneOf, seconds, text } from '../kinds.js';
import { MAX_CALL_EVENTS, RETENTION_DAYS } from '../limits.js';
import {
  EXTERNAL_ID_RULE,
  externalIdProblem,
  LOG_GROUP_NAME_RULE,
  LOG_STREAM_NAME_RULE,
  LOG_STREAM_PREFIX_RULE,
  logGroupNameProblem,
  logStreamNameProblem,
  logStreamPrefixProblem,
  ROLE_ARN_RULE,
  roleArnProblem,
} from '../names.js';
import { isRegion, REGION_RULE, regionHint } from '../region.js';
import { differs, harms, ignores, reads } from './python-reading.js';
import { optional, withDefault, type Rows } from './setting.js';
import { level } from './sink-level.js';

const regionName = text(REGION_RULE, isRegion, regionHint);

const httpUrl = text(
  'an http or https URL, such as http://127.0.0.1:4566',
  (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
);

/** A setting is text, and goes to a thread in worker mode. */
function clientHint(value: unknown): string {
  return typeof value === 'object' || typeof value === 'function'
    ? '; a client of your own is an option of a sink made in code: sinks: [new CloudWatchSink({ client })]'
    : '';
}

export const cloudWatchSettings = {
  level,
  logGroupName: optional({
    field: 'LOG_GROUP_NAME',
    kind: text(LOG_GROUP_NAME_RULE, (name) => logGroupNameProblem(name) === undefined),
    otherwise: 'required; the construct sets it',
    meaning: 'Log group that receives the events.',
    python: reads({ default: '`/fapilog/default`' }),
  }),
  logStreamName: optional({
    field: 'LOG_STREAM_NAME',
    kind: text(LOG_STREAM_NAME_RULE, (name) => logStreamNameProblem(name) === undefined),
    otherwise: '`logStreamPrefix`, then host name, process id and a random part',
    meaning: 'Log stream of this process.',
    python: reads({ default: 'host name and the second of its start' }),
  }),
  logStreamPrefix: optional({
    field: 'LOG_STREAM_PREFIX',
    kind: text(LOG_STREAM_PREFIX_RULE, (prefix) => logStreamPrefixProblem(prefix) === undefined),
    otherwise: 'nothing is put before the host name',
    meaning:
      'Beginning of the log stream’s name. Host name, process id and a random part follow, unless `logStreamName` is the whole name.',
    python: harms(
      'ignores it: its log streams begin otherwise, a role that may write this prefix alone denies them, and every line is lost',
      (_, { logStreamName }) => logStreamName === undefined,
    ),
  }),
  region: optional({
    field: 'REGION',
    kind: regionName,
    otherwise: '`AWS_REGION`, `AWS_DEFAULT_REGION`, then the AWS SDK’s own chain',
    meaning: 'AWS Region of the log group.',
    python: reads({ default: '`AWS_DEFAULT_REGION`, without `AWS_REGION`' }),
  }),
  endpointUrl: optional({
    field: 'ENDPOINT_URL',
    kind: httpUrl,
    otherwise: 'the service’s endpoint in the Region',
    meaning: 'Endpoint to call in place of the service’s: a VPC endpoint, or a local server.',
    python: reads(),
  }),
  roleArn: optional({
    field: 'ROLE_ARN',
    kind: text(ROLE_ARN_RULE, (arn) => roleArnProblem(arn) === undefined),
    otherwise: 'the credentials of the process are used as they are',
    meaning: 'IAM role that the sink assumes to write, for log groups of another account.',
    python: harms(
      'ignores it and writes with the credentials of the process, which the other account denies',
    ),
  }),
  externalId: optional({
    field: 'EXTERNAL_ID',
    kind: text(EXTERNAL_ID_RULE, (id) => externalIdProblem(id) === undefined),
    otherwise: 'none is sent',
    meaning: 'External ID that the trust policy of the role in `roleArn` asks for.',
    python: ignores,
  }),
  batchSize: withDefault({
    field: 'BATCH_SIZE',
    kind: integer(1, MAX_CALL_EVENTS),
    default: MAX_CALL_EVENTS,
    meaning: 'Number of events that completes a batch. The service’s limit in bytes may complete it earlier.',
    python: reads({ default: '`100`' }),
  }),
  batchTimeoutSeconds: withDefault({
    field: 'BATCH_TIMEOUT_SECONDS',
    kind: seconds(0.001, 86_400),
    default: 2,
    meaning: 'Longest time that an event waits for its batch to fill, in seconds.',
    python: reads({ default: '`5`' }),
  }),
  maxRetries: optional({
    field: 'MAX_RETRIES',
    kind: integer(0),
    otherwise: 'as often as `maxBatchAgeSeconds` allows',
    meaning: 'Retries of a batch after the first attempt; 0 means one attempt.',
    python: differs({
      difference: 'counts attempts, so that `0` and `1` are both one, and drops the batch after the last',
      default: '`3`',
    }),
  }),
  retryBaseDelay: withDefault({
    field: 'RETRY_BASE_DELAY',
    kind: seconds(0.001, 3_600),
    default: 0.5,
    meaning:
      'Upper bound of the random delay before the first retry, in seconds. It doubles with each retry, up to 60 times this value.',
    python: reads(),
  }),
  maxBatchAgeSeconds: withDefault({
    field: 'MAX_BATCH_AGE_SECONDS',
    kind: seconds(1, 1_209_600),
    default: 3_600,
    meaning:
      'Longest time that a batch waits for delivery, in seconds. Then its events go to the spool, or to stderr if there is no spool.',
    python: ignores,
  }),
  requestTimeoutSeconds: withDefault({
    field: 'REQUEST_TIMEOUT_SECONDS',
    kind: seconds(0.05, 300),
    default: 15,
    meaning: 'Time after which a call without an answer is aborted and retried, in seconds.',
    python: ignores,
  }),
  maxQueueBytes: withDefault({
    field: 'MAX_QUEUE_BYTES',
    kind: bytes(1_048_576, 4_294_967_296),
    default: 33_554_432,
    meaning:
      'Memory that waiting events may take, in bytes: request bodies, and what is kept about events and batches.',
    python: ignores,
  }),
  maxQueueEvents: withDefault({
    field: 'MAX_QUEUE_EVENTS',
    kind: integer(1),
    default: 250_000,
    meaning: 'Number of events that may wait.',
    python: ignores,
  }),
  overflowPolicy: withDefault({
    field: 'OVERFLOW_POLICY',
    kind: choice(['shed', 'drop_oldest', 'drop_newest']),
    default: 'shed',
    meaning:
      'What is dropped, and counted, when the queue is full. `shed`: the lowest level first, and of that the oldest event. `drop_oldest`: the oldest event. `drop_newest`: the new one.',
    python: ignores,
  }),
  spoolDir: optional({
    field: 'SPOOL_DIR',
    kind: text('the path of a directory', () => true),
    otherwise: 'nothing is written to disk',
    meaning:
      'Directory for events that memory cannot hold, and for those left at the end of the process. It is made if it is not there; if others than its owner may write to it, it is refused. Processes can share it. A later process delivers what an earlier one left.',
    python: harms('ignores it: an event that it cannot deliver is lost'),
  }),
  spoolMode: withDefault({
    field: 'SPOOL_MODE',
    kind: choice(['overflow', 'always']),
    default: 'overflow',
    meaning:
      'What goes to disk. `overflow`: events for which there is no memory or no time. `always`: each event as it is logged, so that it survives a crash.',
    python: ignores,
  }),
  spoolMaxBytes: withDefault({
    field: 'SPOOL_MAX_BYTES',
    kind: bytes(16_777_216, 1_099_511_627_776),
    default: 2_147_483_648,
    meaning:
      'Disk that the events of one process may take, in bytes. Beyond that, the oldest are dropped, and counted. What dead processes left stays where it is until there is room.',
    python: ignores,
  }),
  spoolFsync: withDefault({
    field: 'SPOOL_FSYNC',
    kind: choice(['never', 'interval', 'every_batch']),
    default: 'never',
    meaning:
      'When the spool calls fsync, so that events survive a crash of the machine: never, once a second in the background, or before each batch is sent.',
    python: ignores,
  }),
  oversizeAction: withDefault({
    field: 'OVERSIZE_ACTION',
    kind: choice(['truncate', 'split', 'drop']),
    default: 'truncate',
    meaning:
      'What happens to an event over the service’s limit of 1 MiB: its largest members are shortened, it is sent in parts, or it is dropped.',
    python: harms('ignores it and drops each event over 256 KiB', (action) => action !== 'drop'),
  }),
  ordered: withDefault({
    field: 'ORDERED',
    kind: flag(),
    default: false,
    meaning: 'Make one call at a time, each after the one before it is settled.',
    python: ignores,
  }),
  maxConcurrency: withDefault({
    field: 'MAX_CONCURRENCY',
    kind: integer(1, 32),
    default: 4,
    meaning: 'Largest number of calls in flight. Throttling lowers it, success raises it again.',
    python: ignores,
  }),
  gzip: withDefault({
    field: 'GZIP',
    kind: flag(),
    default: true,
    meaning: 'Compress calls of more than 1 KiB, until the endpoint refuses one.',
    python: ignores,
  }),
  entity: withDefault({
    field: 'ENTITY',
    kind: flag(),
    default: true,
    meaning:
      'Say in each call which service writes, so that CloudWatch shows the events beside the service’s traces and metrics. Only where `service` or `OTEL_SERVICE_NAME` names it.',
    python: ignores,
  }),
  client: withDefault({
    field: 'CLIENT',
    kind: { ...choice(['auto', 'sdk']), hint: clientHint },
    default: 'auto',
    meaning:
      'What makes the calls: with `auto` the sink itself, where credentials are in the environment or at the container’s endpoint and nothing else is configured, else the AWS SDK’s client; with `sdk` always that.',
    python: ignores,
  }),
  retentionInDays: optional({
    field: 'RETENTION_IN_DAYS',
    kind: oneOf(RETENTION_DAYS),
    otherwise: 'not known; the service’s 14 days apply',
    meaning:
      'Days for which the log group keeps events. Older events are not sent. A log group that the sink creates gets this retention.',
    python: ignores,
  }),
  createLogGroup: withDefault({
    field: 'CREATE_LOG_GROUP',
    kind: flag(),
    default: true,
    meaning: 'Create the log group when the service says that it is missing. The construct sets false.',
    python: reads(),
  }),
  createLogStream: withDefault({
    field: 'CREATE_LOG_STREAM',
    kind: flag(),
    default: true,
    meaning: 'Create the log stream when the service says that it is missing.',
    python: reads(),
  }),
  circuitBreakerEnabled: withDefault({
    field: 'CIRCUIT_BREAKER_ENABLED',
    kind: flag(),
    default: true,
    meaning:
      'Pause delivery when several calls in a row have failed, and probe until one succeeds. Events wait meanwhile.',
    python: reads({ difference: 'drops events during the pause' }),
  }),
  circuitBreakerThreshold: withDefault({
    field: 'CIRCUIT_BREAKER_THRESHOLD',
    kind: integer(1),
    default: 5,
    meaning: 'Calls that must fail in a row before delivery pauses.',
    python: reads(),
  }),
  deliveryMetricsSeconds: optional({
    field: 'DELIVERY_METRICS_SECONDS',
    kind: seconds(1, 86_400),
    otherwise: 'no such metrics',
    meaning:
      'How often the sink writes what became of its events, in seconds: a line of its own with metrics of CloudWatch, only if there is something to tell.',
    python: ignores,
  }),
  shutdownDeadlineSeconds: withDefault({
    field: 'SHUTDOWN_DEADLINE_SECONDS',
    kind: seconds(0, 86_400),
    default: 10,
    meaning:
      'Longest time that the end of the process, a signal or `close` waits for deliveries, in seconds. The rest is diverted. ECS and Kubernetes kill a container after 30 seconds by default.',
    python: ignores,
  }),
  installSignalHandlers: withDefault({
    field: 'INSTALL_SIGNAL_HANDLERS',
    kind: flag(),
    default: true,
    meaning:
      'Deliver what waits before SIGTERM, SIGINT or SIGHUP ends the process, unless the application listens to the signal itself. SIGINT waits two seconds at most.',
    python: harms(
      'ignores it and installs its handlers, which `FAPILOG_CORE__SIGNAL_HANDLER_ENABLED` turns off',
      (isWanted) => !isWanted,
    ),
  }),
} satisfies Rows;
