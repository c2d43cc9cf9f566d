import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  authorization,
  basicDate,
  GROUP,
  NOW_MS,
  refused,
  start,
  startEmpty,
  stopAll,
  TARGET,
} from './harness.js';

afterEach(stopAll);

const CALL = { ...TARGET, logEvents: [{ timestamp: NOW_MS, message: 'línea €' }] };
const MINUTE_MS = 60_000;
const MIB = 1_048_576;

describe('answers', () => {
  it('have a request id, a date and the content type of the protocol', async () => {
    const stage = await start();
    const good = await stage.raw('PutLogEvents', CALL);
    const bad = await stage.raw('PutLogEvents', {});
    expect([good.status, bad.status]).toEqual([200, 400]);
    const ids = [good, bad].map(({ headers }) => headers.get('x-amzn-requestid'));
    expect(ids).toEqual(stage.service.calls.slice(-2).map(({ requestId }) => requestId));
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(ids).size).toBe(2);
    for (const { headers } of [good, bad]) {
      expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
      expect(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now())).toBeLessThan(MINUTE_MS);
    }
  });

  it('answer any other request with a hint', async () => {
    const { service } = await startEmpty({ viewer: false });
    for (const [path, method] of [
      ['/', 'GET'],
      ['/other', 'POST'],
    ] as const) {
      const response = await fetch(`${service.endpoint}${path}`, { method });
      expect([response.status, await response.text()]).toEqual([
        404,
        'This is a local CloudWatch Logs server. It answers AWS JSON 1.1 calls: POST / with X-Amz-Target. Its page, if it has one, is at /.\n',
      ]);
    }
    expect(service.calls).toEqual([]);
  });
});

describe('gzip', () => {
  it('is accepted, and limits hold for what it unpacks to', async () => {
    const stage = await start();
    const headers = { 'Content-Encoding': 'gzip' };
    const plain = Buffer.from(JSON.stringify(CALL));
    const wire = gzipSync(plain);
    expect((await stage.rawBytes('PutLogEvents', wire, { headers })).body).toEqual({});
    expect(stage.service.calls.at(-1)).toMatchObject({
      encoding: 'gzip',
      wireBytes: wire.length,
      countedBytes: 36,
    });
    expect((await stage.client.getLogEvents(TARGET)).events?.[0]?.message).toBe('línea €');

    const over = { ...TARGET, logEvents: [{ timestamp: NOW_MS, message: 'x'.repeat(MIB - 25) }] };
    const { body } = await stage.rawBytes('PutLogEvents', gzipSync(JSON.stringify(over)), { headers });
    expect(body['message']).toBe('Log event too large: 1048577 bytes exceeds limit of 1048576');
  });

  it.each([
    ['cut', gzipSync(JSON.stringify(CALL)).subarray(0, 40), 'gzip'],
    ['not gzip at all', Buffer.from(JSON.stringify(CALL)), 'gzip'],
    ['of another encoding', Buffer.from(JSON.stringify(CALL)), 'br'],
  ])('%s → MalformedHttpRequestException', async (_, body, encoding) => {
    const stage = await start();
    const headers = { 'Content-Encoding': encoding };
    const answer = await stage.rawBytes('PutLogEvents', body, { headers });
    expect([answer.status, answer.body['__type']]).toEqual([400, 'MalformedHttpRequestException']);
  });
});

describe('bodies', () => {
  it.each(['', '{', '[]', '"text"', 'null', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])])(
    '%p → SerializationException',
    async (body) => {
      const stage = await start();
      const answer = await stage.rawBytes('PutLogEvents', body);
      expect([answer.status, answer.body['__type']]).toEqual([400, 'SerializationException']);
    },
  );

  it.each([
    [16 * MIB - 1, 400],
    [16 * MIB, 400],
    [16 * MIB + 1, 413],
  ])('of %d bytes → %d', async (bytes, status) => {
    const stage = await start();
    const answer = await stage.rawBytes('PutLogEvents', Buffer.alloc(bytes, ' '));
    expect(answer.status).toBe(status);
    expect(stage.service.calls.at(-1)).toMatchObject({ status, wireBytes: bytes });
  });

  it('that unpack to more than 16 MiB → 413', async () => {
    const stage = await start();
    const wire = gzipSync(Buffer.alloc(16 * MIB + 1, ' '));
    const answer = await stage.rawBytes('PutLogEvents', wire, { headers: { 'Content-Encoding': 'gzip' } });
    expect([answer.status, answer.body['__type']]).toEqual([413, 'RequestEntityTooLargeException']);
  });
});

describe('operations', () => {
  it('that are not here', async () => {
    const stage = await start();
    const answer = await stage.raw('CreateExportTask', {});
    expect([answer.status, answer.body['__type']]).toEqual([400, 'UnknownOperationException']);
    expect(answer.body['message']).toContain('CreateExportTask');
    expect(stage.service.calls.at(-1)).toMatchObject({
      operation: 'CreateExportTask',
      errorName: 'UnknownOperationException',
    });
  });

  it.each([
    [{ 'Content-Type': 'application/json' }],
    [{ 'X-Amz-Target': undefined }],
    [{ 'X-Amz-Target': 'DynamoDB_20120810.PutItem' }],
    [{ 'X-Amz-Target': 'Logs_20140328.toString' }],
  ])('with headers %j are unknown', async (headers) => {
    const stage = await start();
    const answer = await stage.raw('PutLogEvents', CALL, { headers });
    expect([answer.status, answer.body['__type']]).toEqual([400, 'UnknownOperationException']);
  });

  it('may name a character set', async () => {
    const stage = await start();
    const headers = { 'Content-Type': 'application/x-amz-json-1.1; charset=utf-8' };
    expect((await stage.raw('PutLogEvents', CALL, { headers })).status).toBe(200);
  });
});

describe('authorization', () => {
  const today = basicDate(Date.now()).slice(0, 8);

  it.each([
    [undefined, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
    ['Bearer token', 'IncompleteSignatureException', "requires 'Credential' parameter."],
    [
      authorization(`AKID/${today}/us-east-1/logs/aws4_request`).replace(/, Signature=.*/, ''),
      'IncompleteSignatureException',
      "Authorization header requires 'Signature' parameter. Authorization=AWS4",
    ],
    [
      authorization(`AKID/${today}/us-east-1/logs/aws4_request`).replace('SignedHeaders', 'Signed'),
      'IncompleteSignatureException',
      "Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4",
    ],
    [authorization('AKID'), 'IncompleteSignatureException', 'Credential must have exactly 5'],
    [
      authorization(`AKID/${today}/us-east-1/s3/aws4_request`),
      'InvalidSignatureException',
      "Credential should be scoped to correct service: 'logs'.",
    ],
    [
      authorization('AKID/20000101/us-east-1/logs/aws4_request'),
      'InvalidSignatureException',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date: '20000101' != '${today}'`,
    ],
  ])('%s → %s', async (header, name, text) => {
    const stage = await start();
    const answer = await stage.raw('PutLogEvents', CALL, { headers: { Authorization: header } });
    expect([answer.status, answer.body['__type']]).toEqual([400, name]);
    expect(answer.body['message']).toContain(text);
    expect(stage.service.calls.at(-1)).toMatchObject({ status: 400, errorName: name, stored: 0 });
  });

  const NOON_MS = Date.UTC(2026, 0, 15, 12);

  it.each([
    [-5 * MINUTE_MS, 200, undefined],
    [
      -5 * MINUTE_MS - 1_000,
      400,
      'Signature expired: 20260115T115459Z is now earlier than 20260115T115500Z (20260115T120000Z - 5 min.)',
    ],
    [5 * MINUTE_MS, 200, undefined],
    [
      5 * MINUTE_MS + 1_000,
      400,
      'Signature not yet current: 20260115T120501Z is still later than 20260115T120500Z (20260115T120000Z + 5 min.)',
    ],
  ])('signed %d ms from now → %d', async (offsetMs, status, message) => {
    const stage = await startEmpty({ signatureClock: () => NOON_MS });
    const headers = {
      'X-Amz-Date': basicDate(NOON_MS + offsetMs),
      Authorization: authorization('AKID/20260115/us-east-1/logs/aws4_request'),
    };
    const answer = await stage.raw('DescribeLogGroups', {}, { headers });
    expect([answer.status, answer.body['message']]).toEqual([status, message]);
    expect(answer.headers.get('date')).toBe('Thu, 15 Jan 2026 12:00:00 GMT');
  });

  it.each([undefined, '2026-01-15T12:00:00Z', '20269915T120000Z'])('needs a date: %s', async (date) => {
    const stage = await startEmpty();
    const scope = authorization(`AKID/${date?.slice(0, 8) ?? today}/us-east-1/logs/aws4_request`);
    const answer = await stage.raw(
      'DescribeLogGroups',
      {},
      { headers: { 'X-Amz-Date': date, Authorization: scope } },
    );
    expect([answer.status, answer.body['__type']]).toEqual([400, 'IncompleteSignatureException']);
  });

  it('uses the real time, however far the other clock is', async () => {
    const { client } = await startEmpty({ clock: () => 0 });
    await client.createLogGroup({ logGroupName: GROUP });
    expect((await client.describeLogGroups({})).logGroups?.[0]?.creationTime).toBe(0);
  });

  it('lets the official client see its skew', async () => {
    const { client } = await startEmpty({ signatureClock: () => Date.now() + 20 * MINUTE_MS });
    const { name, message } = await refused(client.describeLogGroups({}));
    expect([name, message.slice(0, 18)]).toEqual(['InvalidSignatureException', 'Signature expired:']);
    expect((await client.describeLogGroups({})).logGroups).toEqual([]);
  });

  it.each([
    [createHash('sha256').update(JSON.stringify(CALL)).digest('hex'), 200, undefined],
    ['UNSIGNED-PAYLOAD', 200, undefined],
    [createHash('sha256').update('{}').digest('hex'), 400, 'InvalidSignatureException'],
  ])('payload hash %s → %d', async (hash, status, name) => {
    const stage = await start();
    const answer = await stage.raw('PutLogEvents', CALL, { headers: { 'x-amz-content-sha256': hash } });
    expect([answer.status, answer.body['__type']]).toEqual([status, name]);
  });

  it('finds a body that was compressed after signing', async () => {
    const stage = await start();
    stage.client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: string | Buffer; headers: Record<string, string> };
        request.body = gzipSync(request.body);
        request.headers['content-encoding'] = 'gzip';
        request.headers['content-length'] = String(request.body.length);
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    expect((await refused(stage.client.putLogEvents(CALL))).name).toBe('InvalidSignatureException');
  });
});
