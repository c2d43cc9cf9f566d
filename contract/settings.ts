import { bytes, choice, flag, integer, names, oneOf, seconds, text, type Kind } from './kinds.js';
import { LEVELS, PYTHON_LEVELS, pythonLevel } from './levels.js';
import { MAX_CALL_EVENTS, RETENTION_DAYS } from './limits.js';
import {
  LOG_GROUP_NAME_RULE,
  LOG_STREAM_NAME_RULE,
  logGroupNameProblem,
  logStreamNameProblem,
} from './names.js';

/**
 * The settings, one row each. A row is the only place that knows a setting: the TypeScript type, the variable that the
 * construct writes, the parsing and the range check at both ends and the README's table all come from it.
 */
export interface Setting<Output, Input, Default extends Output | undefined> {
  /** The end of the variable's name, as in Python's fapilog; the YAML key is its lower case. */
  readonly field: string;
  readonly kind: Kind<Output, Input>;
  /** `undefined` where {@link Setting.otherwise} tells what happens instead. */
  readonly default: Default;
  /** What happens when the setting is absent and has no default value. */
  readonly otherwise?: string;
  readonly meaning: string;
}

export type Rows = Readonly<Record<string, Setting<any, any, any>>>;

function withDefault<Output, Input>(
  row: Omit<Setting<Output, Input, Output>, 'default'> & { default: NoInfer<Output> },
): Setting<Output, Input, Output> {
  return row;
}

function optional<Output, Input>(
  row: Omit<Setting<Output, Input, undefined>, 'default'> & { otherwise: string },
): Setting<Output, Input, undefined> {
  return { ...row, default: undefined };
}

const regionName = text('the name of an AWS Region, such as us-west-2', (value) =>
  /^[a-z]{2}(-[a-z]+)+-\d+$/.test(value),
);

const httpUrl = text(
  'an http or https URL, such as http://127.0.0.1:4566',
  (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
);

export const coreSettings = {
  sinks: withDefault({
    field: 'SINKS',
    kind: names(),
    default: ['cloudwatch'],
    meaning: 'Where log events go, by name.',
  }),
  logLevel: withDefault({
    field: 'LOG_LEVEL',
    kind: choice(LEVELS, PYTHON_LEVELS, pythonLevel),
    default: 'info',
    meaning: 'Lowest level that is logged.',
  }),
} satisfies Rows;

export const cloudWatchSettings = {
  logGroupName: optional({
    field: 'LOG_GROUP_NAME',
    kind: text(LOG_GROUP_NAME_RULE, (name) => logGroupNameProblem(name) === undefined),
    otherwise: 'required; the construct sets it',
    meaning: 'Log group that receives the events.',
  }),
  logStreamName: optional({
    field: 'LOG_STREAM_NAME',
    kind: text(LOG_STREAM_NAME_RULE, (name) => logStreamNameProblem(name) === undefined),
    otherwise: 'host name, process id and a random part',
    meaning: 'Log stream of this process.',
  }),
  region: optional({
    field: 'REGION',
    kind: regionName,
    otherwise: '`AWS_REGION`, `AWS_DEFAULT_REGION`, then the AWS SDK’s own chain',
    meaning: 'AWS Region of the log group.',
  }),
  endpointUrl: optional({
    field: 'ENDPOINT_URL',
    kind: httpUrl,
    otherwise: 'the service’s endpoint in the Region',
    meaning: 'Endpoint to call instead: a VPC endpoint, or a local server.',
  }),
  batchSize: withDefault({
    field: 'BATCH_SIZE',
    kind: integer(1, MAX_CALL_EVENTS),
    default: MAX_CALL_EVENTS,
    meaning: 'Events that complete a batch. The service’s byte limit completes it earlier.',
  }),
  batchTimeoutSeconds: withDefault({
    field: 'BATCH_TIMEOUT_SECONDS',
    kind: seconds(0.001, 86_400),
    default: 2,
    meaning: 'Longest time that an event waits for its batch to fill, in seconds.',
  }),
  maxRetries: optional({
    field: 'MAX_RETRIES',
    kind: integer(0),
    otherwise: 'as often as `maxBatchAgeSeconds` allows',
    meaning: 'Retries of a batch after the first attempt; 0 means one attempt.',
  }),
  retryBaseDelay: withDefault({
    field: 'RETRY_BASE_DELAY',
    kind: seconds(0.001, 3_600),
    default: 0.5,
    meaning:
      'Upper bound of the first retry’s random delay, in seconds; it doubles with each retry, up to 60 times as much, 40 times when throttled.',
  }),
  maxBatchAgeSeconds: withDefault({
    field: 'MAX_BATCH_AGE_SECONDS',
    kind: seconds(1, 1_209_600),
    default: 3_600,
    meaning:
      'Longest time that a batch waits for its delivery, in seconds; then its events are diverted to stderr.',
  }),
  requestTimeoutSeconds: withDefault({
    field: 'REQUEST_TIMEOUT_SECONDS',
    kind: seconds(0.05, 300),
    default: 15,
    meaning: 'Time after which a call without an answer is aborted and retried, in seconds.',
  }),
  maxQueueBytes: withDefault({
    field: 'MAX_QUEUE_BYTES',
    kind: bytes(1_048_576, 4_294_967_296),
    default: 33_554_432,
    meaning: 'Memory that waiting events may take, in bytes.',
  }),
  maxQueueEvents: withDefault({
    field: 'MAX_QUEUE_EVENTS',
    kind: integer(1),
    default: 250_000,
    meaning: 'Events that may wait.',
  }),
  overflowPolicy: withDefault({
    field: 'OVERFLOW_POLICY',
    kind: choice(['shed', 'drop_oldest', 'drop_newest']),
    default: 'shed',
    meaning:
      'What is dropped, and counted, when no more may wait: the lowest level first and of that the oldest events, the oldest, or the new one.',
  }),
  oversizeAction: withDefault({
    field: 'OVERSIZE_ACTION',
    kind: choice(['truncate', 'split', 'drop']),
    default: 'truncate',
    meaning:
      'What happens to an event over the service’s limit of 1 MiB: its longest strings are shortened, it is sent in parts, or it is dropped.',
  }),
  ordered: withDefault({
    field: 'ORDERED',
    kind: flag(),
    default: false,
    meaning: 'One call at a time, each after the one before it has been settled.',
  }),
  maxConcurrency: withDefault({
    field: 'MAX_CONCURRENCY',
    kind: integer(1, 32),
    default: 4,
    meaning: 'Calls in flight at the most. Throttling lowers the number, success raises it again.',
  }),
  gzip: withDefault({
    field: 'GZIP',
    kind: flag(),
    default: true,
    meaning: 'Compress calls of more than 1 KiB, until the endpoint refuses one.',
  }),
  retentionInDays: optional({
    field: 'RETENTION_IN_DAYS',
    kind: oneOf(RETENTION_DAYS),
    otherwise: 'not known; the service’s 14 days apply',
    meaning:
      'Days for which the log group keeps events. Older ones are not sent, and a group that the sink creates gets it.',
  }),
  createLogGroup: withDefault({
    field: 'CREATE_LOG_GROUP',
    kind: flag(),
    default: true,
    meaning: 'Create the log group when the service says that it is missing. The construct sets false.',
  }),
  createLogStream: withDefault({
    field: 'CREATE_LOG_STREAM',
    kind: flag(),
    default: true,
    meaning: 'Create the log stream when the service says that it is missing.',
  }),
  circuitBreakerEnabled: withDefault({
    field: 'CIRCUIT_BREAKER_ENABLED',
    kind: flag(),
    default: true,
    meaning:
      'Pause delivery after calls failed in a row, and probe until one succeeds. Events wait meanwhile.',
  }),
  circuitBreakerThreshold: withDefault({
    field: 'CIRCUIT_BREAKER_THRESHOLD',
    kind: integer(1),
    default: 5,
    meaning: 'Calls that must fail in a row before delivery pauses.',
  }),
} satisfies Rows;

/** A group of settings with the beginnings of its variables' names; where both are set, the first one wins. */
export interface Section<R extends Rows = Rows> {
  /** Where the section stands in code and, in snake_case, in a file. */
  readonly path: string;
  readonly prefixes: readonly [string, ...string[]];
  readonly rows: R;
}

export const sections = {
  core: { path: 'core', prefixes: ['FAPILOG_CORE__'], rows: coreSettings },
  cloudwatch: {
    path: 'sinkConfig.cloudwatch',
    prefixes: ['FAPILOG_CLOUDWATCH__', 'FAPILOG_SINK_CONFIG__CLOUDWATCH__'],
    rows: cloudWatchSettings,
  },
} satisfies Record<string, Section>;

export type SectionName = keyof typeof sections;

type InputOf<Row> = Row extends Setting<any, infer Input, any> ? Input : never;
type OutputOf<Row> = Row extends Setting<infer Output, any, any> ? Output : never;
type DefaultOf<Row> = Row extends Setting<any, any, infer Default> ? Default : never;

/** What code may pass: every setting optional, in its most convenient form. */
export type InputValues<R extends Rows> = { readonly [K in keyof R]?: InputOf<R[K]> | undefined };

/** Checked values of the settings that somebody set. */
export type GivenValues<R extends Rows> = { readonly [K in keyof R]?: OutputOf<R[K]> };

/** All settings, defaults filled in. */
export type CompleteValues<R extends Rows> = { readonly [K in keyof R]: OutputOf<R[K]> | DefaultOf<R[K]> };

export type CoreInput = InputValues<typeof coreSettings>;
export type CoreValues = CompleteValues<typeof coreSettings>;
export type CloudWatchInput = InputValues<typeof cloudWatchSettings>;
export type CloudWatchValues = CompleteValues<typeof cloudWatchSettings>;

export function complete<R extends Rows>(rows: R, given: GivenValues<R>): CompleteValues<R> {
  const keys = Object.keys(rows) as (keyof R)[];
  return Object.fromEntries(keys.map((key) => [key, given[key] ?? rows[key]!.default])) as CompleteValues<R>;
}
