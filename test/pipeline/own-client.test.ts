import { Agent } from 'node:http';
import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  type CloudWatchLogsClientConfig,
} from '@aws-sdk/client-cloudwatch-logs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { AdaptiveRetryStrategy, ConfiguredRetryStrategy } from '@smithy/core/retry';
import { isBalanced, type Diagnostic } from '../../runtime/index.js';
import { Outlet } from '../../runtime/adapters/outlet/outlet.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import { startLocalCloudWatchLogs, type LocalCloudWatchLogs } from '../../local/index.js';
import { poll } from '../support/poll.js';
import { StsStub } from '../support/sts-stub.js';

const LOCATION = { logGroupName: '/app', logStreamName: 'writer' };
const KEYS = { accessKeyId: 'AKIDCLIENT', secretAccessKey: 'secret' };
const environment = process.env;
let service: LocalCloudWatchLogs;
let said: Diagnostic[];

beforeEach(async () => {
  service = await startLocalCloudWatchLogs();
  said = [];
  process.env = {
    ...environment,
    HOME: '/nowhere',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  for (const name of Object.keys(process.env))
    if (/^AWS_(REGION|DEFAULT|ENDPOINT)/.test(name)) delete process.env[name];
});

afterEach(async () => {
  await service.close();
  process.env = environment;
});

function clientWith(config: CloudWatchLogsClientConfig = {}): CloudWatchLogsClient {
  return new CloudWatchLogsClient({
    region: 'us-east-1',
    endpoint: service.endpoint,
    credentials: KEYS,
    ...config,
  });
}

function sinkWith(options: CloudWatchSinkOptions): CloudWatchSink {
  return new CloudWatchSink({
    ...LOCATION,
    batchTimeoutSeconds: 0.02,
    retryBaseDelay: 0.002,
    env: {},
    onDiagnostic: (diagnostic) => void said.push(diagnostic),
    ...options,
  });
}

function log(sink: CloudWatchSink, count: number): void {
  for (let id = 0; id < count; id++)
    sink.write({
      timeMs: Date.now(),
      level: 'info',
      message: 'ordered',
      fields: [{ id, padding: 'x'.repeat(200) }],
    });
}

/** Calls that the service read from the sink. */
const puts = () => service.calls.filter(({ operation }) => operation === 'PutLogEvents');
const callers = () => [...new Set(service.calls.map(({ accessKeyId }) => accessKeyId))];

/** Closes, and holds the account against what the service has read. */
async function outcome(sink: CloudWatchSink) {
  const report = await sink.close({ deadlineMs: 20_000 });
  const { accepted, delivered, rejected, pending, calls } = report;
  // Calls that nobody could sign are counted, and never arrive.
  const uncounted = Math.max(0, puts().length - calls);
  return {
    accepted,
    delivered,
    rejected: rejected.total,
    pending,
    isBalanced: isBalanced(report),
    uncounted,
  };
}

const allDelivered = (count: number) => ({
  accepted: count,
  delivered: count,
  rejected: 0,
  pending: 0,
  isBalanced: true,
  uncounted: 0,
});

const retrying: readonly (readonly [string, CloudWatchLogsClientConfig])[] = [
  ['three times, as by default', {}],
  ['ten times', { maxAttempts: 10 }],
  ['adaptively', { retryMode: 'adaptive' }],
  ['by a strategy of its own', { retryStrategy: new ConfiguredRetryStrategy(20, 1) }],
  ['by an adaptive strategy of its own', { retryStrategy: new AdaptiveRetryStrategy(async () => 20) }],
];

test.each(retrying)(
  'a client that retries %s makes one call for each that the ledger counts',
  async (_, config) => {
    const client = clientWith(config);
    const sink = sinkWith({ client });
    service.inject(
      { kind: 'unavailable', operation: 'PutLogEvents', times: 2 },
      { kind: 'throttle', operation: 'PutLogEvents', times: 2 },
      { kind: 'resetBefore', operation: 'PutLogEvents', times: 1 },
    );
    log(sink, 60);
    expect(await outcome(sink)).toEqual(allDelivered(60));
    client.destroy();
  },
);

test('the circuit breaker opens by the failed calls of a client, and closes again', async () => {
  const client = clientWith();
  const sink = sinkWith({ client, circuitBreakerThreshold: 2 });
  service.inject({ kind: 'unavailable', operation: 'PutLogEvents', times: 3 });
  log(sink, 1);
  await poll('an open breaker', () => (sink.stats().circuitBreaker === 'closed' ? undefined : true));
  expect(puts().length).toBeGreaterThanOrEqual(2);
  expect(await outcome(sink)).toEqual(allDelivered(1));
  client.destroy();
});

test('a client is as it was after the sink is closed, and goes on', async () => {
  const client = clientWith();
  const seen: unknown[] = [];
  client.middlewareStack.add(
    (next, context) => (args) => {
      seen.push([context['commandName'], args.input]);
      return next(args);
    },
    { name: 'watching', step: 'initialize' },
  );
  const { middlewareStack, config } = client;
  const before = middlewareStack.identify();
  const sink = sinkWith({ client });
  log(sink, 5);
  expect(await outcome(sink)).toEqual(allDelivered(5));

  expect(client.middlewareStack).toBe(middlewareStack);
  expect(middlewareStack.identify()).toEqual(before);
  expect(client.config).toBe(config);
  expect(seen).toContainEqual(['PutLogEventsCommand', { ...LOCATION, logEvents: [] }]);
  const { logStreams } = await client.send(new DescribeLogStreamsCommand({ logGroupName: '/app' }));
  expect(logStreams).toHaveLength(1);
  client.destroy();
});

test.each(['client', 'clientConfig'])('agents that %s brings are not ended with the sink', async (option) => {
  const agent = new Agent({ keepAlive: true });
  const destroy = jest.spyOn(agent, 'destroy');
  const requestHandler = new NodeHttpHandler({ httpAgent: agent });
  const { endpoint } = service;
  const client = clientWith({ requestHandler });
  const sink = sinkWith(
    option === 'client'
      ? { client }
      : { clientConfig: { requestHandler, endpoint, credentials: KEYS, region: 'us-east-1' } },
  );
  log(sink, 5);
  expect(await outcome(sink)).toEqual(allDelivered(5));
  expect(destroy).not.toHaveBeenCalled();
  client.destroy();
});

test.each(['client', 'clientConfig'])(
  '%s: a call without an answer is given up in time, and made again',
  async (option) => {
    const client = clientWith({ requestHandler: { requestTimeout: 0 } });
    const { endpoint } = service;
    const sink = sinkWith({
      requestTimeoutSeconds: 0.2,
      ...(option === 'client'
        ? { client }
        : { clientConfig: { endpoint, credentials: KEYS, region: 'us-east-1' } }),
    });
    service.inject({ kind: 'hang', operation: 'PutLogEvents', times: 2 });
    log(sink, 5);
    expect(await outcome(sink)).toEqual(allDelivered(5));
    expect(said.map(({ code }) => code)).toContain('failed.RequestTimeout');
    client.destroy();
  },
);

test('a client whose clock is half an hour slow corrects it by the answers', async () => {
  await service.close();
  service = await startLocalCloudWatchLogs({ clock: () => Date.now() + 1_800_000 });
  const client = clientWith();
  const sink = sinkWith({ client });
  log(sink, 5);
  expect(await outcome(sink)).toEqual(allDelivered(5));
  client.destroy();
});

/** Answers of whoever hands out credentials, some of which have names that mean something for a batch. */
const failures: readonly (readonly [string, object])[] = [
  ['nothing found', { name: 'CredentialsProviderError' }],
  ['a refusal', { name: 'ValidationException', $metadata: { httpStatusCode: 400 } }],
  ['something missing', { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 400 } }],
  ['a crash', { name: 'TypeError' }],
];

describe.each(['client', 'clientConfig'] as const)('credentials of %s', (option) => {
  function sinkSignedBy(credentials: () => Promise<typeof KEYS & { expiration?: Date }>, more = {}) {
    const { endpoint } = service;
    const made = { region: 'us-east-1', endpoint, credentials };
    return sinkWith({
      ...more,
      ...(option === 'client' ? { client: new CloudWatchLogsClient(made) } : { clientConfig: made }),
    });
  }

  test.each(failures)('%s is no answer about the batch, which waits', async (_, error) => {
    let asked = 0;
    const sink = sinkSignedBy(async () => {
      if (++asked <= 2) throw Object.assign(new Error('no keys today'), error);
      return KEYS;
    });
    log(sink, 5);
    expect(await outcome(sink)).toEqual(allDelivered(5));
    const messages = said.map(({ message }) => message).join();
    expect(messages).toContain('no keys today');
    if (/CredentialsProviderError/.test(messages))
      expect(messages).toContain('repair what finds the credentials of client or clientConfig');
    expect(callers()).toEqual(['AKIDCLIENT']);
  });
});

describe('credentials of clientConfig', () => {
  const signedBy = (
    credentials: NonNullable<CloudWatchSinkOptions['clientConfig']>['credentials'],
    more = {},
  ) => sinkWith({ clientConfig: { region: 'us-east-1', endpoint: service.endpoint, credentials }, ...more });

  test('that are rotated are asked for again when the service refuses the old ones', async () => {
    let accessKeyId = 'OLD';
    const sink = signedBy(async () => ({ accessKeyId, secretAccessKey: 'secret' }));
    log(sink, 1);
    await sink.flush();
    service.inject({
      kind: 'expiredCredentials',
      times: Infinity,
      when: (call) => call.accessKeyId === 'OLD',
    });
    accessKeyId = 'NEW';
    log(sink, 1);
    expect(await outcome(sink)).toEqual(allDelivered(2));
    expect(callers()).toEqual(['OLD', 'NEW']);
  });

  test('that nobody hands out are asked for again', async () => {
    let asked = 0;
    const sink = signedBy(() => (++asked === 1 ? new Promise(() => undefined) : Promise.resolve(KEYS)), {
      requestTimeoutSeconds: 0.2,
    });
    log(sink, 1);
    expect(await outcome(sink)).toEqual(allDelivered(1));
    expect(asked).toBeGreaterThan(1);
  });

  test('that are none are named, and looked for again', async () => {
    const answers: unknown[] = [undefined, {}, KEYS];
    const sink = signedBy(async () => answers.shift() as typeof KEYS);
    log(sink, 1);
    expect(await outcome(sink)).toEqual(allDelivered(1));
    expect(said.map(({ message }) => message).join()).toContain(
      'clientConfig.credentials gave no accessKeyId and secretAccessKey',
    );
  });

  test('that have expired by the clock of this machine are for the service to judge', async () => {
    const expiration = new Date(Date.now() - 60_000);
    const sink = signedBy(async () => ({ ...KEYS, expiration }));
    log(sink, 1);
    expect(await outcome(sink)).toEqual(allDelivered(1));
  });

  test('that are asked for by many calls at once are asked for once', async () => {
    const provider = jest.fn(async () => ({ ...KEYS, expiration: new Date(Date.now() + 3_600_000) }));
    const sink = signedBy(provider, { batchSize: 5 });
    log(sink, 100);
    expect(await outcome(sink)).toEqual(allDelivered(100));
    expect(provider).toHaveBeenCalledTimes(1);
  });

  test('assume the role of the settings', async () => {
    const sts = await StsStub.start();
    process.env['AWS_ENDPOINT_URL_STS'] = sts.endpoint;
    const sink = signedBy(KEYS, { roleArn: 'arn:aws:iam::123456789012:role/writer' });
    log(sink, 1);
    expect(await outcome(sink)).toEqual(allDelivered(1));
    expect(sts.calls.map(({ accessKeyId }) => accessKeyId)).toEqual(['AKIDCLIENT']);
    expect(callers()).toEqual(['ASSUMED1']);
    await sts.stop();
  });
});

test('a client without an endpoint of its own calls that of the environment', async () => {
  const client = new CloudWatchLogsClient({ region: 'us-east-1', credentials: KEYS });
  const sink = sinkWith({ client, env: { FAPILOG_CLOUDWATCH__ENDPOINT_URL: service.endpoint } });
  log(sink, 1);
  expect(await outcome(sink)).toEqual(allDelivered(1));
  expect(said).toEqual([]);
  client.destroy();
});

test('where a client and the environment mean different places, the client wins, and it is said once', async () => {
  const client = clientWith({ region: 'eu-west-1' });
  const env = {
    FAPILOG_CLOUDWATCH__REGION: 'us-east-1',
    FAPILOG_CLOUDWATCH__ENDPOINT_URL: 'http://127.0.0.1:1',
  };
  const sink = sinkWith({ client, env });
  log(sink, 1);
  expect(await outcome(sink)).toEqual(allDelivered(1));
  expect(said.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'client: the client writes to the Region eu-west-1, although region is us-east-1',
    'client: the client has an endpoint of its own, and endpointUrl is not used',
  ]);
  client.destroy();
});

test('clientConfig wins over the environment, and passes on what the sink does not know', async () => {
  const sink = sinkWith({
    env: { FAPILOG_CLOUDWATCH__REGION: 'eu-west-1', FAPILOG_CLOUDWATCH__ENDPOINT_URL: 'http://127.0.0.1:1' },
    clientConfig: {
      region: 'us-east-1',
      endpoint: service.endpoint,
      credentials: KEYS,
      customUserAgent: 'orders/1.0',
      userAgentAppId: 'orders-app',
    },
  });
  log(sink, 1);
  expect(await outcome(sink)).toEqual(allDelivered(1));
});

test('an adapter for another logger takes a client as a sink does', async () => {
  const client = clientWith();
  const outlet = new Outlet('probe', { ...LOCATION, client, env: {} });
  const content = () => ({ message: 'ordered', fields: {} });
  outlet.write({ timeMs: Date.now(), level: 'info', content });
  const account = await outlet.end();
  expect(account).toMatchObject({ accepted: 1, delivered: 1, pending: 0 });
  expect(callers()).toEqual(['AKIDCLIENT']);
  client.destroy();
});
