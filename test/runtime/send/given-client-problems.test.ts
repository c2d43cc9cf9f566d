import { CloudWatchLogs, CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { STSClient } from '@aws-sdk/client-sts';
import pinoTransport, { type PinoTransportOptions } from '../../../runtime/adapters/pino.js';
import { CloudWatchSink, getLogger, SettingsError } from '../../../runtime/index.js';

const region = 'us-east-1';
const logGroupName = '/app';
const client = new CloudWatchLogsClient({ region });

/** The problems of options that may be anything. */
function problemsOf(options: object): string[] {
  try {
    void new CloudWatchSink({ logGroupName, env: {}, ...options }).close({ deadlineMs: 0 });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).problems.map(({ where, allowed }) => `${where}: ${allowed}`);
  }
}

test.each<[string, object]>([
  ['a client', { client }],
  ['the client that has a method for each call', { client: new CloudWatchLogs({ region }) }],
  ['a client, as others wrap it', { client: Object.create(client) as object }],
  ['the name of the setting', { client: 'sdk' }],
  ['no client', { client: undefined, clientConfig: undefined, region }],
  ['no options', { clientConfig: {} }],
  [
    'options, some of which are new',
    { clientConfig: { region, useFipsEndpoint: true, newOption: 1, tls: true } },
  ],
  ['a provider', { clientConfig: { credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b' }) } }],
  ['credentials', { clientConfig: { credentials: { accessKeyId: 'a', secretAccessKey: 'b' } } }],
])('%s is right', (_, options) => {
  expect(problemsOf(options)).toEqual([]);
});

/** A service of version 2 has a method for each call, and makes requests. */
class VersionTwo {
  readonly config = { region };
  makeRequest(): void {}
  putLogEvents(): void {}
}

const hostile = new Proxy({}, { get: () => raise(), has: () => raise() });

function raise(): never {
  throw new Error('no');
}

test.each<[string, object, RegExp]>([
  ['of version 2', { client: new VersionTwo() }, /client: .*version 3; this is a client of version 2/],
  ['a class', { client: CloudWatchLogsClient }, /client: .*not its class: make it with new/],
  ['a promise', { client: Promise.resolve(client) }, /client: .*not a promise of a client: await it/],
  ['for another service', { client: new STSClient({ region }) }, /client: .*this is a client for "STS"/],
  ['options', { client: { credentials: {} } }, /client: .*options for a client are clientConfig/],
  ['anything', { client: {} }, /client: .*this lacks send, config, middlewareStack/],
  ['what throws', { client: hostile }, /client: .*this lacks send/],
  ['a number', { client: 7 }, /client: .*one of auto, sdk/],
  ['with a Region', { client, region }, /options.region: nothing beside client: make the client with this/],
  ['with an endpoint', { client, endpointUrl: 'http://a' }, /options.endpointUrl: nothing beside client/],
  ['with a role', { client, roleArn: 'arn:aws:iam::123456789012:role/a' }, /options.roleArn: nothing beside/],
  ['with options', { client, clientConfig: {} }, /options.clientConfig: nothing beside client/],
])('a client that is wrong: %s', (_, options, problem) => {
  expect(problemsOf(options)[0]).toMatch(problem);
});

test.each<[string, object, RegExp]>([
  ['attempts', { maxAttempts: 1 }, /clientConfig.maxAttempts: no such option: the sink retries itself/],
  ['a strategy', { retryStrategy: {} }, /clientConfig.retryStrategy: no such option/],
  ['a mode', { retryMode: 'adaptive' }, /clientConfig.retryMode: no such option/],
  [
    'half of the keys',
    { credentials: { accessKeyId: 'a' } },
    /clientConfig.credentials: \{ accessKeyId, secretAccessKey/,
  ],
  [
    'an agent beside its handler',
    { httpsAgent: {} },
    /clientConfig.httpsAgent: no such option: an agent stands in requestHandler/,
  ],
  [
    'a handler that is none',
    { requestHandler: 'proxy' },
    /clientConfig.requestHandler: a handler of requests/,
  ],
  ['a misspelt name', { requesthandlr: {} }, /clientConfig.requesthandlr: .*did you mean requestHandler\?/],
  ['misspelt attempts', { maxAttemps: 3 }, /clientConfig.maxAttemps: no such option: the sink retries/],
  ['a second Region', { region }, /clientConfig.region: one of them: there is the option region/],
  ['a second endpoint', { endpoint: 'http://a' }, /clientConfig.endpoint: one of them/],
])('options that are wrong: %s', (_, clientConfig, problem) => {
  const also = { region: 'eu-west-1', endpointUrl: 'http://b' };
  expect(problemsOf({ clientConfig, ...also }).join()).toMatch(problem);
});

test.each<[string, unknown]>([
  ['a client', client],
  ['a list', []],
  ['a text', 'https://proxy'],
  ['null', null],
])('options that are none: %s', (_, clientConfig) => {
  expect(problemsOf({ clientConfig }).join()).toMatch(/clientConfig: options of a CloudWatchLogsClient/);
});

test('a role of the environment beside a client is named by its variable', () => {
  const env = { FAPILOG_CLOUDWATCH__ROLE_ARN: 'arn:aws:iam::123456789012:role/writer' };
  expect(problemsOf({ client, env })).toEqual([
    'FAPILOG_CLOUDWATCH__ROLE_ARN: nothing beside client: give clientConfig, whose credentials assume this role, in place of client',
  ]);
});

test('a message shows no secret of the options', () => {
  const secrets = { credentials: { accessKeyId: 'AKIDSECRET', secret: 'sesame' }, maxAttempts: 3 };
  const error = catchError(
    () => new CloudWatchSink({ logGroupName, env: {}, clientConfig: secrets as never }),
  );
  expect(`${error.message} ${JSON.stringify(error.problems)}`).not.toMatch(/AKIDSECRET|sesame/);
  expect(error.problems).toHaveLength(2);
});

test('all problems are said at once', () => {
  expect(problemsOf({ client: {}, batchSize: 0 })).toHaveLength(2);
});

test('settings, which go to a worker thread, take no client, and say where one is given', () => {
  const cloudwatch = { logGroupName, client: client as never };
  const error = catchError(() => getLogger({ settings: { sinkConfig: { cloudwatch } }, worker: true }));
  expect(error.message).toMatch(
    /sinkConfig.cloudwatch.client is <CloudWatchLogsClient>; .*new CloudWatchSink\(\{ client \}\)/,
  );
});

test.each(['client', 'clientConfig'])(
  'the transport of pino, which runs in a worker thread, takes no %s',
  (key) => {
    const options = { logGroupName, [key]: key === 'client' ? client : {} } as PinoTransportOptions;
    const error = catchError(() => pinoTransport(options));
    expect(error.message).toContain(`pino transport: options.${key} is`);
    expect(error.message).toContain('no client here: options go to a worker thread');
  },
);

function catchError(work: () => unknown): SettingsError {
  try {
    work();
  } catch (error) {
    return error as SettingsError;
  }
  throw new Error('nothing was thrown');
}
