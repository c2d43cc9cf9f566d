import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { FaultRow } from '../../../local/viewer/answers.js';
import { HOUR_MS, NOW_MS, rawHeaders, refused, type Stage, startEmpty, stopAll } from '../harness.js';
import { ask, groupId, type Sent, startWith, urlOf } from './page.js';

afterEach(stopAll);

const MINUTE_MS = 60_000;

function line(minutesAgo: number, record: object): Sent {
  return { timestamp: NOW_MS - minutesAgo * MINUTE_MS, message: JSON.stringify(record) };
}

interface Got {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

/** A request whose headers, `Host` included, are these. */
function got(endpoint: string, headers: Record<string, string>, path = '/', method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${endpoint}${path}`, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
    });
    request.once('error', reject).end(method === 'POST' ? '{}' : undefined);
  });
}

describe('who may ask', () => {
  test.each([
    ['localhost', 200],
    ['LOCALHOST:4588', 200],
    ['127.0.0.1:1', 200],
    ['127.0.0.5', 200],
    ['[::1]:4588', 200],
    ['logs.localhost:4588', 200],
    ['stream-localhost:4588', 200],
    ['stream-127.0.0.1', 200],
    ['evil.example', 403],
    ['evil.example:4588', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['evillocalhost', 403],
    ['stream-evil.example', 403],
    ['169.254.169.254', 403],
    ['[::2]', 403],
    ['localhost:4588:4588', 403],
    ['localhost@evil.example', 403],
  ])('with host %s: %d, for the page and for calls', async (host, status) => {
    const { service } = await startEmpty();
    expect((await got(service.endpoint, { host }, '/viewer/status')).status).toBe(status);
    const call = await got(service.endpoint, { ...rawHeaders('DescribeLogGroups'), host }, '/', 'POST');
    expect(call.status).toBe(status);
    expect(service.calls.map((each) => [each.status, each.errorName])).toEqual([
      status === 200 ? [200, undefined] : [403, 'AccessDeniedException'],
    ]);
  });

  test('with a host that the server was told', async () => {
    const { service } = await startEmpty({ allowedHosts: ['logs'] });
    const hosts = ['logs:4588', 'stream-Logs', 'localhost', 'log', 'logs.evil.example'];
    const answers = await Promise.all(hosts.map((host) => got(service.endpoint, { host }, '/viewer/status')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 403, 403]);
    expect(answers[3]!.text).toContain('--allowed-host, or allowedHosts');
  });

  test.each<[Record<string, string>, number]>([
    [{ origin: 'http://localhost:4588' }, 200],
    [{ origin: 'http://localhost:4589' }, 403],
    [{ origin: 'http://localhost' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, 200],
    [{ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, 200],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 200],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
    [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }, 403],
  ])('with %j: %d, for the page and for calls', async (headers, status) => {
    const { service } = await startEmpty();
    const host = 'localhost:4588';
    const asked = await got(service.endpoint, { host, ...headers }, '/viewer/status');
    const called = await got(
      service.endpoint,
      { ...rawHeaders('DescribeLogGroups'), host, ...headers },
      '/',
      'POST',
    );
    expect([asked.status, called.status]).toEqual([status, status]);
    expect(asked.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('a host that is missing is refused', async () => {
    const { service } = await startEmpty();
    const { port } = new URL(service.endpoint);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      connect(Number(port), '127.0.0.1')
        .on('data', (chunk) => (text += chunk.toString()))
        .on('close', () => resolve(text))
        .end('GET /viewer/status HTTP/1.0\r\n\r\n');
    });
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe('every answer', () => {
  test.each([
    ['GET', '/viewer/status', 200],
    ['HEAD', '/viewer/status', 200],
    ['HEAD', '/viewer/feed', 200],
    ['GET', '//', 404],
    ['GET', '//[', 404],
    ['GET', '/viewer/events?limit=x', 400],
    ['GET', '/other', 404],
    ['GET', '/viewer/../../package.json', 404],
    ['GET', '/viewer/%2e%2e/index.html', 404],
    ['POST', '/viewer/status', 405],
    ['DELETE', '/viewer/faults', 405],
    ['PUT', '/', 405],
    ['OPTIONS', '/viewer/faults', 405],
  ])('to %s %s has status and headers that keep strangers out: %d', async (method, path, status) => {
    const { service } = await startEmpty();
    const answer = await got(service.endpoint, { host: 'localhost' }, path, method);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; script-src 'self'; style-src 'self';/,
      ),
    });
    expect(answer.headers['content-security-policy']).not.toContain('unsafe');
    if (method === 'HEAD') expect(answer.text).toBe('');
    if (status === 405) expect(answer.headers['allow']).toContain(path === '/viewer/faults' ? 'PUT' : 'GET');
  });

  test('without the viewer is a hint', async () => {
    const { service } = await startEmpty({ viewer: false });
    const answers = await Promise.all(
      ['/', '/viewer/status', '/viewer/app.js'].map((path) => got(service.endpoint, {}, path)),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(answers[0]!.text).toContain('POST / with X-Amz-Target');
  });
});

test('groups are those of all accounts and Regions, with their streams', async () => {
  const stage = await startWith({ '/b': { s: [line(1, {}), line(0, {})] }, '/a': {} });
  await stage.client.putRetentionPolicy({ logGroupName: '/a', retentionInDays: 7 });
  const elsewhere = await stage.raw(
    'CreateLogGroup',
    { logGroupName: '/c', logGroupClass: 'INFREQUENT_ACCESS' },
    { headers: { Authorization: elsewhereAuthorization() } },
  );
  expect(elsewhere.status).toBe(200);
  const group = { accountId: '123456789012', region: 'us-east-1', logGroupClass: 'STANDARD' };
  expect(await ask(stage, 'groups')).toEqual([
    {
      ...group,
      id: '111122223333/eu-central-1/c'.replace('/c', '//c'),
      name: '/c',
      accountId: '111122223333',
      region: 'eu-central-1',
      logGroupClass: 'INFREQUENT_ACCESS',
      storedBytes: 0,
      streams: [],
    },
    { ...group, id: groupId('/a'), name: '/a', retentionInDays: 7, storedBytes: 0, streams: [] },
    {
      ...group,
      id: groupId('/b'),
      name: '/b',
      storedBytes: 56,
      streams: [{ name: 's', events: 2, lastEventTimestamp: NOW_MS }],
    },
  ]);
});

function elsewhereAuthorization(): string {
  return rawHeaders('CreateLogGroup')['Authorization']!.replace(
    /Credential=AKIDRAW\/(\d+)\/us-east-1/,
    'Credential=111122223333/$1/eu-central-1',
  );
}

describe('the histogram', () => {
  const events = [
    line(59, { level: 'info' }),
    line(30, { level: 'ERROR' }),
    line(30, { level: 50 }),
    line(30, { level: 'warn', message: 'no error' }),
    { timestamp: NOW_MS - MINUTE_MS, message: '12:00 ERROR plain' },
    { timestamp: NOW_MS - MINUTE_MS, message: '12:00 errors=0' },
  ];

  test('counts events and errors in buckets of a round width', async () => {
    const stage = await startWith({ '/g': { s: events } });
    const query = { start: NOW_MS - HOUR_MS, end: NOW_MS, buckets: 6 };
    expect(await ask(stage, 'histogram', query)).toEqual({
      start: NOW_MS - HOUR_MS,
      bucketMs: 10 * MINUTE_MS,
      events: [1, 0, 0, 3, 0, 2],
      errors: [0, 0, 0, 2, 0, 1],
    });
  });

  test('spans the events where no time is given, and reaches to now where a start is', async () => {
    const stage = await startWith({ '/g': { s: events } });
    const all = await ask(stage, 'histogram', { filter: 'ERROR', buckets: 60 });
    expect(all).toMatchObject({ start: NOW_MS - 59 * MINUTE_MS, bucketMs: MINUTE_MS });
    expect([all.events.length, all.events[29], all.events.at(-1)]).toEqual([59, 1, 1]);
    const {
      start,
      bucketMs,
      events: counts,
    } = await ask(stage, 'histogram', { start: NOW_MS - 40 * MINUTE_MS });
    expect(start + bucketMs * counts.length).toBeGreaterThan(NOW_MS);
  });

  test('of nothing is one empty bucket', async () => {
    const { events: counts, errors } = await ask(await startEmpty(), 'histogram');
    expect([counts, errors]).toEqual([[0], [0]]);
  });
});

test('facets count values of fields, the most frequent first', async () => {
  const records = [
    { level: 'info', service: 'api', error: { type: 'A' } },
    { level: 'info', service: 7, error: { type: 'B' } },
    { level: 'warn', service: true, error: 'none' },
    { level: null, service: {}, requestId: '' },
  ];
  const stage = await startWith({
    '/g': { s: [...records.map((record) => line(1, record)), { timestamp: NOW_MS, message: 'level' }] },
  });
  expect(await ask(stage, 'facets')).toEqual([
    {
      name: 'level',
      values: [
        { value: 'info', count: 2 },
        { value: 'warn', count: 1 },
      ],
      hasMore: false,
    },
    { name: 'service', values: ['api', '7', 'true'].map((value) => ({ value, count: 1 })), hasMore: false },
    { name: 'requestId', values: [{ value: '', count: 1 }], hasMore: false },
    { name: 'error.type', values: ['A', 'B'].map((value) => ({ value, count: 1 })), hasMore: false },
  ]);
  const query = { name: ['error.type', 'constructor.name', '__proto__.x'], limit: 1, filter: 'info' };
  expect(await ask(stage, 'facets', query)).toEqual([
    { name: 'error.type', values: [{ value: 'A', count: 1 }], hasMore: true },
    { name: 'constructor.name', values: [], hasMore: false },
    { name: '__proto__.x', values: [], hasMore: false },
  ]);
});

test('a download has one event a line, in order', async () => {
  const sent = Array.from({ length: 450 }, (_, index) => ({
    timestamp: NOW_MS - index,
    message: `${index}\n`,
  }));
  const stage = await startWith({ '/g': { s: sent.toReversed() } });
  const response = await fetch(urlOf(stage.service.endpoint, 'download', { filter: '' }));
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="log-events.jsonl"');
  const lines = (await response.text()).trimEnd().split('\n');
  const messages = lines.map((text) => (JSON.parse(text) as { message: string }).message);
  expect(messages).toEqual(sent.toReversed().map(({ message }) => message));
});

test('calls are pages of what was called, with why it was refused', async () => {
  const stage = await startWith({ '/g': { s: [line(0, {})] } });
  await refused(stage.client.createLogGroup({ logGroupName: '/g' }));
  const { calls, hasEarlier } = await ask(stage, 'calls', { limit: 2 });
  expect(hasEarlier).toBe(true);
  expect(calls).toMatchObject([
    { id: 3, operation: 'PutLogEvents', group: '/g', stream: 's', status: 200, stored: 1, fill: 1e-4 },
    {
      id: 4,
      operation: 'CreateLogGroup',
      status: 400,
      errorName: 'ResourceAlreadyExistsException',
      errorMessage: 'The specified log group already exists',
      durationMs: 0,
      region: 'us-east-1',
      fill: 0,
    },
  ]);
  const earlier = await ask(stage, 'calls', { limit: 2, before: 3 });
  expect([earlier.calls.map(({ id }) => id), earlier.hasEarlier]).toEqual([[1, 2], false]);
});

describe('faults', () => {
  async function put(stage: Stage, body: unknown, type = 'application/json'): Promise<Response> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return fetch(`${stage.service.endpoint}/viewer/faults`, {
      method: 'PUT',
      body: text,
      headers: { 'Content-Type': type },
    });
  }

  const throttle: FaultRow = { kind: 'throttle', operation: '*', probability: 1 };

  test('that the page sets last until it sets others, and leave those of the test alone', async () => {
    const stage = await startEmpty({ faults: [{ kind: 'unavailable', operation: '*' }] });
    expect(await (await put(stage, [throttle])).json()).toEqual([throttle]);
    const failures = [0, 1, 2].map(async () => (await refused(stage.client.describeLogGroups({}))).name);
    expect((await Promise.all(failures)).toSorted()).toEqual([
      'ServiceUnavailableException',
      'ThrottlingException',
      'ThrottlingException',
    ]);
    const delay = { kind: 'delay', operation: 'DescribeLogGroups', probability: 0.5, delayMs: 5 };
    await put(stage, [delay]);
    expect(await ask(stage, 'faults')).toEqual([delay]);
    await put(stage, []);
    expect(await ask(stage, 'faults')).toEqual([]);
    await stage.client.describeLogGroups({});
  });

  test('are gone after clearFaults', async () => {
    const stage = await startEmpty();
    await put(stage, [throttle]);
    stage.service.clearFaults();
    expect(await ask(stage, 'faults')).toEqual([]);
    await stage.client.describeLogGroups({});
  });

  test.each([
    ['{', 'The body must be JSON.'],
    [{}, 'The body must be a list of no more than 50 faults.'],
    [[7], 'A fault must be an object.'],
    [[{ kind: 'poison' }], expect.stringMatching(/^kind must be one of throttle, /)],
    [[{ kind: 'throttle', operation: 'X' }], expect.stringMatching(/^operation must be \* or /)],
    [
      [{ kind: 'rejectAll', operation: 'GetLogEvents' }],
      'rejectAll is of PutLogEvents, which alone has events to reject.',
    ],
    [[{ kind: 'throttle', probability: 2 }], 'probability must be a number from 0 to 1.'],
    [[{ kind: 'delay', delayMs: 1e9 }], 'delayMs must be a number from 0 to 60000.'],
    [JSON.stringify('x'.repeat(70_000)), 'The body must have no more than 65536 bytes.'],
  ])('%j is refused, and changes nothing', async (body, error) => {
    const stage = await startEmpty();
    await put(stage, [throttle]);
    const answer = await put(stage, body);
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ error })]);
    expect(await ask(stage, 'faults')).toEqual([throttle]);
  });

  test('of a form of another page are refused', async () => {
    const stage = await startEmpty();
    expect((await put(stage, [throttle], 'text/plain')).status).toBe(400);
    expect(await ask(stage, 'faults')).toEqual([]);
  });
});

test('the status says what to export, how much there is, and what was refused last', async () => {
  const stage = await startWith({ '/g': { s: [line(0, {}), line(0, {})] } });
  const { endpoint } = stage.service;
  expect(await ask(stage, 'status')).toEqual({
    endpoint,
    exports: expect.arrayContaining([`export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=${endpoint}`]),
    calls: 3,
    events: 2,
    evicted: 0,
    nowMs: NOW_MS,
  });
  await refused(stage.client.deleteLogGroup({ logGroupName: '/x' }));
  expect((await ask(stage, 'status')).lastRefusal).toEqual({
    operation: 'DeleteLogGroup',
    errorName: 'ResourceNotFoundException',
    message: 'The specified log group does not exist.',
  });
});
