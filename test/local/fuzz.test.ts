import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import * as fc from 'fast-check';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { OPERATIONS } from '../../local/operations/operation-table.js';
import { DAY_MS, GROUP, rawHeaders, STREAM, TARGET } from './harness.js';
import { codePoint } from '../support/code-point.js';

/** Longer than any answer takes that the server means to give. */
const PATIENCE_MS = 400;

const NOW_MS = Date.now();

/** Twenty megabytes, once they are unpacked. */
const BOMB = gzipSync(Buffer.alloc(20_000_000));

interface Sending {
  /** What is written, in pieces. */
  readonly chunks: readonly Buffer[];
  readonly end: 'stay' | 'half-close' | 'reset';
}

/** Writes to a new connection, whatever comes back. Resolves when it is over, or after some time. */
function send(port: number, { chunks, end }: Sending): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const timer = setTimeout(() => socket.destroy(), PATIENCE_MS);
    socket
      .on('error', () => undefined)
      .on('close', () => {
        clearTimeout(timer);
        resolve();
      });
    socket.on('data', () => undefined).on('end', () => socket.end());
    for (const chunk of chunks) socket.write(chunk);
    if (end === 'half-close') socket.end();
    if (end === 'reset') socket.once('connect', () => setImmediate(() => socket.resetAndDestroy()));
  });
}

const PATHS = ['status', 'groups', 'events', 'histogram', 'facets', 'calls', 'faults'];

/** A server in another process, with a group and a stream. */
class Target {
  readonly process: ChildProcess;
  readonly client: CloudWatchLogs;
  readonly endpoint: string;

  private constructor(process: ChildProcess, endpoint: string) {
    this.process = process;
    this.endpoint = endpoint;
    const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret' };
    this.client = new CloudWatchLogs({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  }

  static async start(): Promise<Target> {
    const child = fork(join(__dirname, 'server-process.mjs'));
    const [endpoint] = (await once(child, 'message')) as [string];
    const target = new Target(child, endpoint);
    await target.client.createLogGroup({ logGroupName: GROUP });
    await target.client.createLogStream(TARGET);
    return target;
  }

  /** What a good call and each question of the page are answered. */
  async answers(): Promise<unknown> {
    if (this.process.exitCode !== null) return 'The server has ended.';
    const timestamp = Date.now();
    await this.client.putLogEvents({ ...TARGET, logEvents: [{ timestamp, message: 'after all' }] });
    const { events = [] } = await this.client.getLogEvents({ ...TARGET, startTime: timestamp });
    const asked = PATHS.map(async (path) => (await fetch(`${this.endpoint}/viewer/${path}`)).status);
    return {
      isStored: events.some(({ message }) => message === 'after all'),
      statuses: await Promise.all(asked),
    };
  }

  stop(): void {
    this.client.destroy();
    if (this.process.connected) this.process.disconnect();
  }
}

const GOOD_ANSWERS = { isStored: true, statuses: PATHS.map(() => 200) };

let server: Target;

beforeEach(async () => {
  server = await Target.start();
});
afterEach(() => server.stop());

async function fuzz<T>(
  arbitrary: fc.Arbitrary<T>,
  sendingOf: (value: T) => Sending,
  numRuns = 25,
): Promise<unknown> {
  const port = Number(new URL(server.endpoint).port);
  const runs = fc.asyncProperty(fc.array(arbitrary, { minLength: 1, maxLength: 12 }), async (values) => {
    await Promise.all(values.map((value) => send(port, sendingOf(value))));
  });
  await fc.assert(runs, { numRuns, endOnFailure: true });
  return server.answers();
}

const end = fc.constantFrom<Sending['end']>('stay', 'half-close', 'reset');
const operations = fc.constantFrom(
  ...OPERATIONS.map(({ name }) => name),
  '',
  'X',
  'constructor',
  '__proto__',
);

function request(
  method: string,
  path: string,
  headers: readonly (readonly [string, string])[],
  body: Buffer,
): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([
    Buffer.from(
      `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${lines}Content-Length: ${body.length}\r\n\r\n`,
      'latin1',
    ),
    body,
  ]);
}

function call(operation: string, body: Buffer, headers: Readonly<Record<string, string>> = {}): Buffer {
  return request('POST', '/', Object.entries({ ...rawHeaders(operation), ...headers }), body);
}

test('bytes that are no HTTP', async () => {
  const bytes = fc.record({ chunks: fc.array(fc.uint8Array({ maxLength: 300 })), end });
  const answers = await fuzz(bytes, ({ chunks, ...rest }) => ({
    chunks: chunks.map((chunk) => Buffer.from(chunk)),
    ...rest,
  }));
  expect(answers).toEqual(GOOD_ANSWERS);
});

test('requests that are cut, torn or pipelined', async () => {
  const good = call('PutLogEvents', Buffer.from(JSON.stringify({ ...TARGET, logEvents: [] })));
  const questions = ['/', '/viewer/feed', '/viewer/events', '/viewer/download'].map((path) =>
    request('GET', path, [], Buffer.of()),
  );
  const pieces = fc.array(fc.constantFrom(good, ...questions), { minLength: 1, maxLength: 6 });
  const torn = fc.record({ pieces, cut: fc.nat(3_000), tear: fc.nat(400), end });
  const answers = await fuzz(torn, ({ pieces: given, cut, tear, ...rest }) => {
    const all = Buffer.concat(given);
    const kept = all.subarray(0, Math.max(1, all.length - (cut % all.length)));
    return { chunks: [kept.subarray(0, tear), kept.subarray(tear)], ...rest };
  });
  expect(answers).toEqual(GOOD_ANSWERS);
});

test('targets, methods, headers and queries of any kind', async () => {
  const name = fc.constantFrom(
    'Content-Type',
    'Content-Encoding',
    'X-Amz-Target',
    'X-Amz-Date',
    'Authorization',
    'Origin',
    'Last-Event-ID',
    'Expect',
    'Upgrade',
    'Transfer-Encoding',
    'Connection',
    'Range',
    'X-Amz-Content-Sha256',
    'Sec-Fetch-Site',
  );
  const value = fc.oneof(
    fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '')),
    fc.constantFrom(
      '100-continue',
      'chunked',
      'gzip',
      'null',
      'h2c',
      'AWS4-HMAC-SHA256 Credential=////',
      'x'.repeat(30_000),
    ),
  );
  const parameter = fc.tuple(
    fc.constantFrom(
      'group',
      'stream',
      'filter',
      'start',
      'end',
      'limit',
      'before',
      'after',
      'at',
      'name',
      'buckets',
    ),
    fc.oneof(
      fc.string(),
      fc.constantFrom('0', '-1', '1e308', 'NaN', '9007199254740991', '{ $.a', '%(a*)*%', '__proto__'),
    ),
  );
  const path = fc.oneof(
    fc.string().map((text) => `/${text.replaceAll(/[^\x21-\x7e]/g, '')}`),
    fc
      .tuple(
        fc.constantFrom(
          'events',
          'histogram',
          'facets',
          'feed',
          'download',
          'calls',
          'faults',
          'status',
          '../..',
          '',
        ),
        fc.array(parameter, { maxLength: 5 }),
      )
      .map(([route, query]) => `/viewer/${route}?${new URLSearchParams(query).toString()}`),
  );
  const any = fc.record({
    method: fc.constantFrom(
      'GET',
      'HEAD',
      'PUT',
      'POST',
      'DELETE',
      'OPTIONS',
      'PATCH',
      'TRACE',
      'CONNECT',
      'PRI',
    ),
    path,
    headers: fc.array(fc.tuple(name, value), { maxLength: 4 }),
    body: fc.string(),
    end,
  });
  const answers = await fuzz(any, ({ method, path: target, headers, body, ...rest }) => ({
    chunks: [request(method, target, headers, Buffer.from(body))],
    ...rest,
  }));
  expect(answers).toEqual(GOOD_ANSWERS);
});

test('bodies of every operation', async () => {
  const member = fc.oneof(
    fc.constantFrom<unknown>(
      GROUP,
      STREAM,
      null,
      '',
      -1,
      1e21,
      0.5,
      true,
      'x'.repeat(600),
      NOW_MS,
      [],
      {},
      [[]],
      [null],
    ),
    fc.jsonValue(),
  );
  const name = fc.constantFrom(
    'logGroupName',
    'logGroupIdentifier',
    'logGroupIdentifiers',
    'logStreamName',
    'logStreamNames',
    'logEvents',
    'filterPattern',
    'nextToken',
    'limit',
    'startTime',
    'endTime',
    'tags',
    'kmsKeyId',
    'retentionInDays',
    'entity',
    'resourceArn',
    'policyDocument',
    'logGroupClass',
    '__proto__',
    'toString',
    'sequenceToken',
    'orderBy',
  );
  const input = fc.oneof(fc.dictionary(name, member, { maxKeys: 6 }), fc.jsonValue());
  const encoding = fc.constantFrom('plain', 'gzip', 'broken gzip', 'bomb');
  const calls = fc.record({
    operation: operations,
    input,
    encoding,
    end: fc.constant('half-close' as const),
  });
  const answers = await fuzz(
    calls,
    ({ operation, input: given, encoding: how, ...rest }) => {
      const plain = Buffer.from(JSON.stringify(given));
      const bodies = {
        plain,
        gzip: gzipSync(plain),
        'broken gzip': gzipSync(plain).subarray(0, -5),
        bomb: BOMB,
      };
      const headers: Record<string, string> = how === 'plain' ? {} : { 'Content-Encoding': 'gzip' };
      return { chunks: [call(operation, bodies[how], headers)], ...rest };
    },
    50,
  );
  expect(answers).toEqual(GOOD_ANSWERS);
});

test('events of any times and texts', async () => {
  const timestamp = fc.oneof(
    fc.integer({ min: NOW_MS - 20 * DAY_MS, max: NOW_MS + DAY_MS }),
    fc.constantFrom(-1, 0, 1e300, 8.64e15),
  );
  const message = fc.oneof(
    fc.string({ unit: codePoint }),
    fc.json(),
    fc.constantFrom('[', '{"level":{}}', '{"__proto__":1}', '\ud800'),
    fc.json({ depthSize: 'medium' }),
  );
  const events = fc.array(fc.record({ timestamp, message }), { maxLength: 20 });
  const answers = await fuzz(events, (logEvents) => ({
    chunks: [call('PutLogEvents', Buffer.from(JSON.stringify({ ...TARGET, logEvents })))],
    end: 'half-close',
  }));
  expect(answers).toEqual(GOOD_ANSWERS);
});
