import { aws_logs as logs } from 'aws-cdk-lib';
import { type CloudWatchLoggingProps, Sensitive } from '../../lib/index.js';
import type { ProgramOptions } from './reader.js';

/** A construct with one function bound to it, and how the program in it logs. */
export interface Binding {
  /** Of the table, in Markdown. */
  readonly name: string;
  readonly props?: CloudWatchLoggingProps;
  readonly streamPrefix?: string;
  readonly program?: ProgramOptions;
  /** What goes wrong with Python without any setting's doing, as the end of a sentence that begins with “Python's fapilog”. */
  readonly harm?: string;
  /** Whether the variables that are written for Python prevent that. */
  readonly isPrevented?: boolean;
}

/** A program waits for the timer of its batch, and this keeps it short. */
const batchTimeoutSeconds = 0.5;

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

const sensitive: readonly (readonly [string, Sensitive])[] = [
  ["Sensitive.field('customer.iban')", Sensitive.field('customer.iban')],
  ["Sensitive.field('user_id')", Sensitive.field('user_id')],
  ["Sensitive.field('orders[*].number')", Sensitive.field('orders[*].number')],
  ["Sensitive.key('card-holder')", Sensitive.key('card-holder')],
  ['Sensitive.EMAIL', Sensitive.EMAIL],
  ['Sensitive.CARD_NUMBER', Sensitive.CARD_NUMBER],
  ['Sensitive.AWS_KEY', Sensitive.AWS_KEY],
  ['Sensitive.BEARER_TOKEN', Sensitive.BEARER_TOKEN],
  ['Sensitive.managed(…)', Sensitive.managed(logs.DataIdentifier.IPADDRESS)],
];

/** Settings of the sink that tell the readers apart, or that one of them ignores. */
const settings: readonly NonNullable<CloudWatchLoggingProps['settings']>[] = [
  { logStreamName: 'api-1' },
  { batchSize: 1 },
  { batchSize: 10_000 },
  { batchTimeoutSeconds: '500ms' },
  { maxRetries: 0 },
  { retryBaseDelay: 0.1 },
  { circuitBreakerEnabled: false },
  { circuitBreakerThreshold: 1 },
  { maxBatchAgeSeconds: 60, requestTimeoutSeconds: 5, shutdownDeadlineSeconds: 5 },
  { maxQueueBytes: '1 MB', maxQueueEvents: 1_000, overflowPolicy: 'drop_oldest' },
  { ordered: true, maxConcurrency: 1, gzip: false },
];

const filters: readonly (readonly [string, CloudWatchLoggingProps])[] = [
  ['`sampling: { rate: 0 }`', { sampling: { rate: 0 } }],
  ["`sampling: { rate: 0, alwaysLevel: 'fatal' }`", { sampling: { rate: 0, alwaysLevel: 'fatal' } }],
  [
    '`rateLimit: { capacity: 100, refillRatePerSec: 0 }`',
    { rateLimit: { capacity: 100, refillRatePerSec: 0 } },
  ],
  [
    "`rateLimit: { capacity: 10, …, overflowAction: 'mark' }`",
    { rateLimit: { capacity: 10, refillRatePerSec: 0, overflowAction: 'mark' } },
  ],
  [
    "`rateLimit: { capacity: 5, …, keyField: 'requestId' }`",
    { rateLimit: { capacity: 5, refillRatePerSec: 0, keyField: 'requestId' } },
  ],
  [
    '`rateLimit: { capacity: 10, …, windowSeconds: 10 }`',
    { rateLimit: { capacity: 10, refillRatePerSec: 0, windowSeconds: 10 } },
  ],
];

export const bindings: readonly Binding[] = [
  { name: 'nothing but the log group' },
  { name: "`service: 'api'`", props: { service: 'api' } },
  ...LEVELS.map((logLevel) => ({ name: `\`logLevel: '${logLevel}'\``, props: { logLevel } })),
  { name: "`streamPrefix: 'api/'`", streamPrefix: 'api/' },
  {
    name: "`streamPrefix: 'api/'`, `settings: { logStreamName: 'api/1' }`",
    props: { settings: { logStreamName: 'api/1' } },
    streamPrefix: 'api/',
  },
  ...sensitive.map(([name, each]) => ({ name: `\`${name}\``, props: { sensitive: [each] } })),
  ...filters.map(([name, props]) => ({ name, props })),
  ...settings.map((each) => ({ name: `\`settings: ${shown(each)}\``, props: { settings: each } })),
  { name: '`worker: true`', props: { worker: true } },
  { name: '`retention: ONE_WEEK`', props: { retention: logs.RetentionDays.ONE_WEEK } },
  {
    name: "`settings: { oversizeAction: 'truncate' }`, an event of 300,000 bytes",
    props: { settings: { oversizeAction: 'truncate' } },
    program: { hasLargeEvent: true },
  },
  {
    name: 'nothing else, and the program ends at once',
    program: { endsAtOnce: true },
    harm: 'loses the batch that is open when it is drained',
  },
  {
    name: '`settings: { batchSize: 1 }`, and the program ends at once',
    props: { settings: { batchSize: 1 } },
    program: { endsAtOnce: true },
  },
  {
    name: "`logLevel: 'error'`, and Python's logger is made without `Settings()` where it finds a CI, a container or Lambda",
    props: { logLevel: 'error' },
    program: { isDetecting: true },
    harm: 'takes `INFO` for the level there, whatever `FAPILOG_CORE__LOG_LEVEL` says',
    isPrevented: true,
  },
];

/** The properties of the construct, with a timer that the program can wait for. */
export function propsOf({ props = {} }: Binding): CloudWatchLoggingProps {
  return { ...props, settings: { batchTimeoutSeconds, ...props.settings } };
}

function shown(object: object): string {
  const members = Object.entries(object).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? `'${value}'` : value}`,
  );
  return `{ ${members.join(', ')} }`;
}
