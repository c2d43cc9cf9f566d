import { createServer, request as forward, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { startLocalCloudWatchLogs, type CallRecord, type LocalCloudWatchLogs } from '../../local/index.js';
import {
  CloudWatchSink,
  getLogger,
  isBalanced,
  Settings,
  type CloudWatchSinkOptions,
  type Diagnostic,
} from '../../runtime/index.js';
import { useDummyCredentials } from '../support/delivery-stage.js';

jest.mock('../../runtime/io/stderr.js', () => ({
  writeStderr: () => true,
  waitForStderr: (_untilMs: number, settle: () => void) => settle(),
}));

const TARGET = { logGroupName: '/myapp/production', logStreamName: 'api-server' };

const API = { Type: 'Service', Name: 'api', Environment: 'production' };

const environment = process.env;
let service: LocalCloudWatchLogs;
let directory: string;

beforeEach(async () => {
  process.env = { ...environment };
  useDummyCredentials();
  service = await startLocalCloudWatchLogs();
  directory = mkdtempSync(join(tmpdir(), 'fapilog-entity-'));
});

afterEach(async () => {
  process.env = environment;
  await service.close();
  rmSync(directory, { recursive: true });
});

function puts(): CallRecord[] {
  return service.calls.filter(({ operation }) => operation === 'PutLogEvents');
}

/** Key attributes of the entity of each put that stored something. */
function related(): unknown[] {
  return puts()
    .filter(({ stored }) => stored > 0)
    .map(({ entity }) => entity?.keyAttributes);
}

interface Written {
  readonly diagnostics: readonly Diagnostic[];
  readonly delivered: number;
}

/** Writes each line as a batch of its own, and closes. */
async function written(
  lines: readonly string[],
  name: string | undefined,
  options: CloudWatchSinkOptions = {},
): Promise<Written> {
  const diagnostics: Diagnostic[] = [];
  const sink = new CloudWatchSink({
    ...TARGET,
    region: 'us-east-1',
    endpointUrl: service.endpoint,
    retryBaseDelay: 0.01,
    env: name === undefined ? {} : { FAPILOG_SERVICE: name, FAPILOG_ENV: 'production' },
    onDiagnostic: (diagnostic) => void diagnostics.push(diagnostic),
    ...options,
  });
  for (const message of lines) {
    sink.write({ timeMs: Date.now(), level: 'info', message, fields: [] });
    await sink.flush({ deadlineMs: 500 });
  }
  const report = await sink.close();
  expect(isBalanced(report)).toBe(true);
  return { diagnostics, delivered: report.delivered };
}

describe.each(['auto', 'sdk'] as const)('with the client %s', (client) => {
  test('each call names the service', async () => {
    expect(await written(['a', 'b'], 'api', { client })).toEqual({ diagnostics: [], delivered: 2 });
    expect(related()).toEqual([API, API]);
    expect(puts()[0]?.userAgent.split('/')[0]).toBe(client === 'sdk' ? 'aws-sdk-js' : 'fapilog-cloudwatch');
  });

  test('a call that is compressed names it, too', async () => {
    await written(['x'.repeat(5_000)], 'api', { client });
    expect([puts().at(-1)?.encoding, related()]).toEqual(['gzip', [API]]);
  });

  test('an entity that the service rejects is one report; the events are delivered', async () => {
    const logs = new CloudWatchLogs({ endpoint: service.endpoint, region: 'us-east-1' });
    await logs.createLogGroup({ logGroupName: TARGET.logGroupName, logGroupClass: 'INFREQUENT_ACCESS' });
    logs.destroy();
    const { diagnostics, delivered } = await written(['a', 'b'], 'api', { client });
    expect(delivered).toBe(2);
    expect(diagnostics.map(({ code }) => code)).toEqual(['entity.UnsupportedLogGroupType']);
    expect(related()).toEqual([undefined, undefined]);
  });

  test('an endpoint that demands sequence tokens gets both', async () => {
    service.inject({ kind: 'demandSequenceToken', times: Infinity });
    expect((await written(['a', 'b'], 'api', { client })).delivered).toBe(2);
    expect(related()).toEqual([API, API]);
  });
});

/** An endpoint in front of the service that answers 400 to bodies with an entity, or with a part of one. */
async function strict(
  answer: string,
  refuses = (body: string) => body.includes('"entity"'),
): Promise<Server> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      if (refuses(body)) return response.writeHead(400).end(answer);
      const { method, headers } = request;
      const onward = forward(service.endpoint, { method, headers }, (answered) => {
        response.writeHead(answered.statusCode!, answered.headers);
        answered.pipe(response);
      });
      return onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const text of request.setEncoding('utf8')) body += text;
  return body;
}

test.each(['{"__type":"ValidationException"}', '{"__type":"UnknownMember"}', ''])(
  'an endpoint that refuses the member (%s) gets the events without it',
  async (answer) => {
    const server = await strict(answer);
    const { port } = server.address() as AddressInfo;
    const { diagnostics, delivered } = await written(['a', 'b', 'c'], 'api', {
      endpointUrl: `http://127.0.0.1:${port}`,
    });
    server.close();
    server.closeAllConnections();
    expect([delivered, related()]).toEqual([3, [undefined, undefined, undefined]]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['entity.refused']);
  },
);

test('an endpoint that refuses it after it took it loses no event by that', async () => {
  // The first call finds no log group.
  let seen = 0;
  const server = await strict(
    '{"__type":"InvalidParameterException"}',
    (body) => body.includes('"entity"') && ++seen > 2,
  );
  const { port } = server.address() as AddressInfo;
  const { diagnostics, delivered } = await written(['a', 'b', 'c', 'd'], 'api', {
    endpointUrl: `http://127.0.0.1:${port}`,
  });
  server.close();
  server.closeAllConnections();
  expect([delivered, related()]).toEqual([4, [API, undefined, undefined, undefined]]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['entity.refused']);
});

test('the entity of another service that is refused costs neither its events nor the own entity', async () => {
  service.inject({ kind: 'internal', times: Infinity });
  const spooling = { spoolDir: join(directory, 'spool'), shutdownDeadlineSeconds: 0.2 };
  await written(['of the worker'], 'worker', spooling);
  service.clearFaults();
  const server = await strict('{"__type":"InvalidParameterException"}', (body) =>
    body.includes('"Name":"worker"'),
  );
  const { port } = server.address() as AddressInfo;
  const { delivered } = await written(['a', 'b', 'c'], 'api', {
    ...spooling,
    shutdownDeadlineSeconds: 10,
    endpointUrl: `http://127.0.0.1:${port}`,
  });
  server.close();
  server.closeAllConnections();
  expect(delivered).toBe(4);
  expect(related()).toHaveLength(4);
  expect(related()).toEqual(expect.arrayContaining([API, API, API, undefined]));
});

test.each([
  ['nothing names it', undefined, {}],
  ['the setting entity is off', 'api', { entity: false }],
])('no call names a service if %s', async (_, name, options) => {
  await written(['a'], name, options);
  expect(related()).toEqual([undefined]);
});

test.each([false, true])('the settings of a logger name it (worker thread: %s)', async (worker) => {
  const cloudwatch = { ...TARGET, region: 'us-east-1', endpointUrl: service.endpoint };
  const settings = new Settings({
    core: { sinks: ['cloudwatch'], worker },
    app: { service: 'shop', env: 'staging' },
    sinkConfig: { cloudwatch },
  });
  const logger = getLogger({ settings });
  logger.info('a');
  expect(await logger.close()).toMatchObject({ delivered: 1 });
  expect(related()).toEqual([{ Type: 'Service', Name: 'shop', Environment: 'staging' }]);
});

test('a bad event costs its own batch nothing but itself, although nothing was taken before', async () => {
  service.inject({ kind: 'poison', text: 'bad' });
  const rejected: string[] = [];
  const lines = Array.from({ length: 8 }, (_, index) => (index === 5 ? 'bad' : `good ${index}`));
  const sink = new CloudWatchSink({
    ...TARGET,
    region: 'us-east-1',
    endpointUrl: service.endpoint,
    env: { FAPILOG_SERVICE: 'api', FAPILOG_ENV: 'production' },
    onRejected: ({ message }) => void rejected.push(message),
  });
  for (const message of lines) sink.write({ timeMs: Date.now(), level: 'info', message, fields: [] });
  const { delivered } = await sink.close();
  expect([delivered, rejected.length]).toEqual([7, 1]);
  expect(new Set(related().map((keys) => JSON.stringify(keys)))).toEqual(new Set([JSON.stringify(API)]));
});

test('what another service left in the spool is delivered as its own', async () => {
  service.inject({ kind: 'internal', times: Infinity });
  const spooling = { spoolDir: join(directory, 'spool'), shutdownDeadlineSeconds: 0.2 };
  await written(['of the worker'], 'worker', spooling);
  const [segment = ''] = readdirSync(spooling.spoolDir, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.segment'))
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'));
  expect(segment).toContain('"entity":{"keyAttributes":{"Type":"Service","Name":"worker"');

  service.clearFaults();
  await written(['of the api'], 'api', { ...spooling, shutdownDeadlineSeconds: 10 });
  expect(related()).toEqual(expect.arrayContaining([API, { ...API, Name: 'worker' }]));
  expect(related()).toHaveLength(2);
});

test('an event that is written down as it comes says which service wrote it', async () => {
  service.inject({ kind: 'internal', times: Infinity });
  const spoolDir = join(directory, 'spool');
  const options = { spoolDir, spoolMode: 'always', shutdownDeadlineSeconds: 0.2 } as const;
  await written(['a'], 'worker', options);
  service.clearFaults();
  await written(['b'], undefined, { ...options, shutdownDeadlineSeconds: 10 });
  expect(related()).toEqual(expect.arrayContaining([undefined, { ...API, Name: 'worker' }]));
});
