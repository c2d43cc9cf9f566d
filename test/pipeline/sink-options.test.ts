import fs from 'node:fs';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { encodeEnvironment, type GivenSettings } from '../../contract/codec.js';
import type { CloudWatchInput } from '../../contract/sections.js';
import { type CallRecord, type Fault, startLocalCloudWatchLogs } from '../../local/index.js';
import pinoTransport from '../../runtime/adapters/pino.js';
import { CloudWatchSink, DIAGNOSTICS_CHANNEL, type Diagnostic, type Level } from '../../runtime/index.js';
import { pause, useDummyCredentials } from '../support/delivery-stage.js';
import { StsStub } from '../support/sts-stub.js';

jest.mock('../../runtime/io/stderr.js', () => ({ writeStderr: () => true }));

/** The sink for CloudWatch Logs, however its user sees it. */
interface Opened {
  write(message: string, level?: Level): void;
  close(): Promise<unknown>;
}

function direct(sink: CloudWatchSink): Opened {
  return {
    write: (message, level = 'info') => sink.write({ timeMs: Date.now(), level, message, fields: [] }),
    close: () => sink.close(),
  };
}

const entryPoints: Readonly<Record<string, (options: CloudWatchInput) => Opened>> = {
  code: (options) => direct(new CloudWatchSink({ ...options, env: {} })),
  variables: (options) =>
    direct(new CloudWatchSink({ env: encodeEnvironment({ cloudwatch: options } as GivenSettings) })),
  "pino's target"(options) {
    const transport = pinoTransport({ ...options, env: {} });
    const closed = new Promise((resolve) => transport.once('close', resolve));
    return {
      write: (msg, level = 'info') =>
        void transport.write(`${JSON.stringify({ level, time: Date.now(), msg })}\n`),
      close: () => (transport.end(), closed),
    };
  },
};

/** A sink with what it leaves behind. */
interface Scene extends Opened {
  readonly calls: readonly CallRecord[];
  readonly puts: readonly CallRecord[];
  /** Messages that arrived, whatever was answered. */
  readonly arrived: readonly string[];
  readonly diagnostics: readonly string[];
  readonly directory: string;
  readonly listeners: number;
}

/** What a setting changes. */
interface Experiment<Value> {
  readonly value: NonNullable<Value> | ((directory: string) => NonNullable<Value>);
  /** What both sinks have. */
  readonly both?: CloudWatchInput | ((directory: string) => CloudWatchInput);
  /** How the service behaves. */
  readonly faults?: readonly Fault[];
  /** Whether the sink has to make the log group and the log stream. */
  readonly isMissing?: boolean;
  /** @param expected is what will be seen: what must come is waited for longer than what must not. */
  readonly look: (scene: Scene, expected: unknown) => unknown;
  /** What is seen without the value, and with it. */
  readonly seen: readonly [unknown, unknown];
}

const ROLE_ARN = 'arn:aws:iam::210987654321:role/log-writer';
const DOWN: Fault = { kind: 'unavailable', times: Infinity };
const SLOW: Fault = { kind: 'delay', delayMs: 100, times: Infinity };
const AT_ONCE = { batchTimeoutSeconds: 0.001 };
const RETRIES = { ...AT_ONCE, retryBaseDelay: 0.001 };
const LARGE = 'x'.repeat(400_000);

const experiments: { readonly [Key in keyof CloudWatchInput]-?: Experiment<CloudWatchInput[Key]> } = {
  level: { value: 'error', look: async (scene) => (await delivered(scene, 'a')).length, seen: [1, 0] },
  logGroupName: {
    value: '/other',
    look: async (scene) => (await put(scene)).logGroupName,
    seen: ['/app', '/other'],
  },
  logStreamName: {
    value: 'other',
    look: async (scene) => (await put(scene)).logStreamName,
    seen: ['writer', 'other'],
  },
  logStreamPrefix: {
    value: 'api-',
    both: { logStreamName: undefined },
    look: async (scene) => (await put(scene)).logStreamName.startsWith('api-'),
    seen: [false, true],
  },
  region: {
    value: 'eu-west-1',
    both: { roleArn: ROLE_ARN },
    look: async (scene) => (await put(scene)) && sts.calls[0]!.region,
    seen: ['us-east-1', 'eu-west-1'],
  },
  endpointUrl: {
    value: 'http://127.0.0.1:1',
    both: RETRIES,
    look: async (scene) => (await delivered(scene, 'a')).length,
    seen: [1, 0],
  },
  roleArn: {
    value: ROLE_ARN,
    look: async (scene) => (await put(scene)).accessKeyId,
    seen: ['AKIDSINK', 'ASSUMED1'],
  },
  externalId: {
    value: 'tenant-7',
    both: { roleArn: ROLE_ARN },
    look: async (scene) => (await put(scene)) && sts.calls[0]!.params['ExternalId'],
    seen: [undefined, 'tenant-7'],
  },
  batchSize: {
    value: 2,
    look: async (scene) => (await delivered(scene, 'a', 'b', 'c', 'd')) && stored(scene),
    seen: [1, 2],
  },
  batchTimeoutSeconds: { value: 0.01, look: happens((scene) => scene.puts.length > 0), seen: [false, true] },
  maxRetries: { value: 0, both: RETRIES, faults: [DOWN], look: happens(isRetried), seen: [true, false] },
  retryBaseDelay: { value: 60, both: AT_ONCE, faults: [DOWN], look: happens(isRetried), seen: [true, false] },
  maxBatchAgeSeconds: {
    value: 1,
    both: RETRIES,
    faults: [DOWN],
    look: happens(says('diverted.maxBatchAge'), 1_300),
    seen: [false, true],
  },
  requestTimeoutSeconds: {
    value: 0.05,
    both: AT_ONCE,
    faults: [{ ...SLOW, delayMs: 5_000 }],
    look: happens(({ puts }) => puts.some(({ settledAtMs }) => settledAtMs < Infinity)),
    seen: [false, true],
  },
  maxQueueBytes: { value: 1_048_576, faults: [DOWN], look: dropsFour(LARGE), seen: [false, true] },
  maxQueueEvents: { value: 2, faults: [DOWN], look: dropsFour('a'), seen: [false, true] },
  overflowPolicy: {
    value: 'drop_newest',
    both: { maxQueueEvents: 2 },
    async look(scene) {
      scene.write('a', 'debug');
      const messages = await delivered(scene, 'b', 'c');
      return ['a', 'b', 'c'].filter((each) => messages.some((message) => message.includes(`"${each}"`)));
    },
    seen: [
      ['b', 'c'],
      ['a', 'b'],
    ],
  },
  spoolDir: {
    value: (directory) => directory,
    both: { ...AT_ONCE, maxRetries: 0 },
    faults: [DOWN],
    look: happens(says('spooled.retriesExhausted')),
    seen: [false, true],
  },
  spoolMode: {
    value: 'always',
    both: (spoolDir) => ({ spoolDir }),
    look(scene) {
      scene.write('written at once');
      return spooledText(scene).includes('written at once');
    },
    seen: [false, true],
  },
  spoolMaxBytes: {
    value: 16_777_216,
    both: (spoolDir) => ({ spoolDir, maxQueueBytes: 1_048_576 }),
    faults: [DOWN],
    look(scene) {
      for (let count = 0; count < 20; count++) scene.write('x'.repeat(1_000_000));
      return scene.diagnostics.includes('dropped.spoolFull');
    },
    seen: [false, true],
  },
  spoolFsync: {
    value: 'every_batch',
    both: (spoolDir) => ({ spoolDir, spoolMode: 'always' }),
    async look(scene) {
      const sync = jest.spyOn(fs, 'fdatasyncSync');
      await delivered(scene, 'a');
      return sync.mock.calls.length > 0;
    },
    seen: [false, true],
  },
  oversizeAction: {
    value: 'drop',
    look: async (scene) =>
      (await delivered(scene, 'x'.repeat(1_100_000))).some(({ length }) => length > 1_000),
    seen: [true, false],
  },
  ordered: { value: true, both: { batchSize: 1 }, faults: [SLOW], look: isConcurrent, seen: [true, false] },
  maxConcurrency: {
    value: 1,
    both: { batchSize: 1 },
    faults: [SLOW],
    look: isConcurrent,
    seen: [true, false],
  },
  gzip: {
    value: false,
    look: async (scene) => (await put(scene, 'x'.repeat(5_000))).encoding,
    seen: ['gzip', 'identity'],
  },
  entity: {
    value: false,
    both() {
      process.env['OTEL_SERVICE_NAME'] = 'api';
      return {};
    },
    look: async (scene) => 'entity' in (await put(scene)),
    seen: [true, false],
  },
  client: {
    value: 'sdk',
    look: async (scene) => (await put(scene)).userAgent.split('/')[0],
    seen: ['fapilog-cloudwatch', 'aws-sdk-js'],
  },
  retentionInDays: { value: 7, isMissing: true, look: makes('PutRetentionPolicy'), seen: [false, true] },
  createLogGroup: { value: false, isMissing: true, look: makes('CreateLogGroup'), seen: [true, false] },
  createLogStream: { value: false, isMissing: true, look: makes('CreateLogStream'), seen: [true, false] },
  circuitBreakerEnabled: {
    value: false,
    both: RETRIES,
    faults: [DOWN],
    look: happens(({ puts }) => puts.length > 6),
    seen: [false, true],
  },
  circuitBreakerThreshold: {
    value: 1,
    both: RETRIES,
    faults: [DOWN],
    look: happens(isRetried),
    seen: [true, false],
  },
  deliveryMetricsSeconds: {
    value: 3_600,
    // The last line tells of all that came before.
    look: async (scene) =>
      (await delivered(scene, 'a')).filter((line) => line.includes('"deliveredEvents":1')).length,
    seen: [0, 1],
  },
  shutdownDeadlineSeconds: {
    value: 0.1,
    both: { shutdownDeadlineSeconds: undefined },
    faults: [DOWN],
    async look(scene) {
      scene.write('a');
      return Promise.race([scene.close().then(() => 'closed'), pause(1_000).then(() => 'waiting')]);
    },
    seen: ['waiting', 'closed'],
  },
  installSignalHandlers: {
    value: false,
    look(scene) {
      scene.write('a');
      return process.listenerCount('SIGTERM') - scene.listeners;
    },
    seen: [1, 0],
  },
};

let sts: StsStub;
const environment = process.env;

beforeEach(async () => {
  process.env = { ...environment };
  useDummyCredentials();
  sts = await StsStub.start();
  process.env['AWS_ENDPOINT_URL_STS'] = sts.endpoint;
  // The longest delay that a retry can have.
  jest.spyOn(Math, 'random').mockReturnValue(0.999);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await sts.stop();
  process.env = environment;
});

async function delivered(scene: Scene, ...messages: string[]): Promise<readonly string[]> {
  for (const message of messages) scene.write(message);
  await scene.close();
  return scene.arrived;
}

/** The last call with this message, which has been answered. */
async function put(scene: Scene, message = 'a'): Promise<CallRecord> {
  await delivered(scene, message);
  return scene.puts.at(-1)!;
}

function stored({ puts }: Scene): number {
  return puts.filter(({ status }) => status === 200).length;
}

/** Whether this becomes true after a message, by itself; what must not is not waited for longer than that. */
function happens(
  isThere: (scene: Scene) => boolean,
  quietMs = 300,
): (scene: Scene, expected: unknown) => Promise<boolean> {
  return async (scene, expected) => {
    const untilMs = Date.now() + (expected === true ? 10_000 : quietMs);
    scene.write('a');
    while (!isThere(scene) && Date.now() < untilMs) await pause(10);
    return isThere(scene);
  };
}

function isRetried({ puts }: Scene): boolean {
  return puts.length > 1;
}

function says(code: string): (scene: Scene) => boolean {
  return ({ diagnostics }) => diagnostics.includes(code);
}

/** Batches with the same millisecond in them always wait for each other. */
async function isConcurrent(scene: Scene): Promise<boolean> {
  for (const message of ['a', 'b', 'c']) {
    scene.write(message);
    await pause(5);
  }
  await scene.close();
  return Math.max(...scene.puts.map(({ concurrency }) => concurrency)) > 1;
}

function makes(operation: string): (scene: Scene) => Promise<boolean> {
  return async (scene) => {
    await delivered(scene, 'a');
    return scene.calls.some((call) => call.operation === operation);
  };
}

function dropsFour(message: string): (scene: Scene) => boolean {
  return (scene) => {
    for (let count = 0; count < 4; count++) scene.write(message);
    return scene.diagnostics.includes('dropped.queueFull');
  };
}

function spooledText({ directory }: Scene): string {
  const files = fs.readdirSync(directory, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .map((file) => fs.readFileSync(join(file.parentPath, file.name), 'utf8'))
    .join('');
}

async function provision(endpoint: string): Promise<void> {
  const client = new CloudWatchLogs({ endpoint, region: 'us-east-1' });
  await client.createLogGroup({ logGroupName: '/app' });
  await client.createLogStream({ logGroupName: '/app', logStreamName: 'writer' });
  client.destroy();
}

/** What is seen of a sink with these settings, on a service of its own. */
async function looked(
  open: (options: CloudWatchInput) => Opened,
  { both = {}, faults = [], isMissing = false, look }: Experiment<unknown>,
  own: (directory: string) => CloudWatchInput,
  expected: unknown,
): Promise<unknown> {
  const service = await startLocalCloudWatchLogs();
  if (!isMissing) await provision(service.endpoint);
  const directory = fs.mkdtempSync(join(tmpdir(), 'fapilog-options-'));
  const provisioned = service.calls.length;
  const arrived: string[] = [];
  const diagnostics: string[] = [];
  const hear = (diagnostic: unknown): void => void diagnostics.push((diagnostic as Diagnostic).code);
  const listeners = process.listenerCount('SIGTERM');
  const when = ({ messages }: { readonly messages: readonly string[] }): boolean => {
    arrived.push(...messages);
    return false;
  };
  service.inject({ kind: 'internal', times: Infinity, when }, ...faults);
  subscribe(DIAGNOSTICS_CHANNEL, hear);
  sts.calls.length = 0;
  const sink = open({
    logGroupName: '/app',
    logStreamName: 'writer',
    region: 'us-east-1',
    endpointUrl: service.endpoint,
    shutdownDeadlineSeconds: 0.5,
    ...(typeof both === 'function' ? both(directory) : both),
    ...own(directory),
  });
  const scene: Scene = {
    ...sink,
    get calls() {
      return service.calls.slice(provisioned);
    },
    get puts() {
      return service.calls.filter(({ operation }) => operation === 'PutLogEvents');
    },
    arrived,
    diagnostics,
    directory,
    listeners,
  };
  try {
    return await look(scene, expected);
  } finally {
    service.clearFaults();
    await sink.close();
    await service.close();
    unsubscribe(DIAGNOSTICS_CHANNEL, hear);
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

describe.each(Object.entries(entryPoints))('through %s', (_, open) => {
  test.each(Object.entries(experiments) as [keyof CloudWatchInput, Experiment<unknown>][])(
    'the setting %s changes what is seen',
    async (key, experiment) => {
      const { value } = experiment;
      const own = (directory: string): CloudWatchInput => ({
        [key]: typeof value === 'function' ? (value as (directory: string) => unknown)(directory) : value,
      });

      const without = await looked(open, experiment, () => ({}), experiment.seen[0]);
      const withIt = await looked(open, experiment, own, experiment.seen[1]);

      expect([without, withIt]).toEqual(experiment.seen);
    },
    30_000,
  );
});
