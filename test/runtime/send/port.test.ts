import { gzipSync } from 'node:zlib';
import { directPort } from '../../../runtime/direct/direct-port.js';
import type { ClientOptions } from '../../../runtime/send/client-options.js';
import type { LogsPort } from '../../../runtime/send/port.js';
import { sdkPort } from '../../../runtime/sdk/sdk-port.js';
import { batchOf, event } from '../../support/events.js';
import { SinkBench } from '../../support/sink-against-server.js';

/** With the keys that are in the environment with each call. */
function directly(options: ClientOptions): LogsPort {
  const { region = '', endpointUrl = '' } = options.settings;
  const credentials = async () => ({
    accessKeyId: process.env['AWS_ACCESS_KEY_ID']!,
    secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY']!,
  });
  return directPort({ region, endpoint: new URL(endpointUrl), credentials }, options);
}

let bench: SinkBench;
let port: LogsPort;
let dates: number[];

beforeEach(async () => {
  bench = await SinkBench.start();
  dates = [];
});

afterEach(async () => {
  port.close();
  await bench.stop();
});

const { signal } = new AbortController();

describe.each([
  ['by the official client', sdkPort, /^aws-sdk-js\//],
  ['directly', directly, /^fapilog-cloudwatch\//],
])('%s', (_, portOf, userAgent) => {
  beforeEach(() => {
    port = portOf({
      settings: { region: 'us-east-1', requestTimeoutSeconds: 15, endpointUrl: bench.server.endpoint },
      onServiceDate: (dateMs) => dates.push(dateMs),
    });
  });

  test.each(['identity', 'gzip'] as const)(
    'the body that it is given is what is signed and sent: %s',
    async (encoding) => {
      const target = await bench.created(bench.newTarget());
      const lines = ['€ "quoted"', '\u0000 and more'];
      const { body } = batchOf(
        lines.map((line) => event(line, bench.nowMs)),
        target,
      );
      const bytes = encoding === 'gzip' ? gzipSync(body.bytes) : body.bytes;
      const answer = await port.putLogEvents(target, { bytes, encoding }, signal);
      expect(answer.requestId).toBe(bench.puts(target)[0]?.requestId);
      expect(answer.rejectedLogEventsInfo).toBeUndefined();
      expect(bench.puts(target)).toEqual([
        expect.objectContaining({
          status: 200,
          events: 2,
          stored: 2,
          wireBytes: bytes.length,
          encoding,
          accessKeyId: 'AKIDLOCAL',
          userAgent: expect.stringMatching(userAgent),
        }),
      ]);
      expect((await bench.stored(target)).map(({ message }) => message)).toEqual(lines);
    },
  );

  test('what the service discards is in the answer', async () => {
    const target = await bench.created(bench.newTarget());
    const { body } = batchOf(
      [event('old', bench.nowMs - 15 * 86_400_000), event('new', bench.nowMs)],
      target,
    );
    const { rejectedLogEventsInfo } = await port.putLogEvents(
      target,
      { bytes: body.bytes, encoding: 'identity' },
      signal,
    );
    expect(rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
  });

  test('an answer without a request id has none', async () => {
    const target = await bench.created(bench.newTarget());
    bench.server.inject({ kind: 'noRequestId' });
    const { body } = batchOf([event('x', bench.nowMs)], target);
    expect(
      (await port.putLogEvents(target, { bytes: body.bytes, encoding: 'identity' }, signal)).requestId,
    ).toBeUndefined();
  });

  test('the three other calls do what they say', async () => {
    const target = bench.newTarget();
    await port.createLogGroup(target, signal);
    await port.putRetentionPolicy(target, 14, signal);
    await port.createLogStream(target, signal);
    const { logGroups } = await bench.client.describeLogGroups({ logGroupNamePrefix: target.logGroupName });
    expect(logGroups?.map(({ logGroupName, retentionInDays }) => [logGroupName, retentionInDays])).toEqual([
      [target.logGroupName, 14],
    ]);
    expect(await bench.stored(target)).toEqual([]);
  });

  test('an error is thrown at once, by its name: retries are not its business', async () => {
    bench.server.inject({ kind: 'unavailable', operation: '*', times: Infinity });
    await expect(port.createLogStream(bench.newTarget(), signal)).rejects.toMatchObject({
      name: 'ServiceUnavailableException',
      $metadata: { httpStatusCode: 503 },
    });
    expect(bench.server.calls).toHaveLength(1);
  });

  test('credentials that have expired are asked for again with the next call', async () => {
    const target = await bench.created(bench.newTarget());
    const { body } = batchOf([event('x', bench.nowMs)], target);
    const put = (): Promise<unknown> =>
      port.putLogEvents(target, { bytes: body.bytes, encoding: 'identity' }, signal);
    await put();
    process.env['AWS_ACCESS_KEY_ID'] = 'AKIDRENEWED';
    await put();
    bench.server.inject({ kind: 'expiredCredentials' });
    await expect(put()).rejects.toMatchObject({ name: 'ExpiredTokenException' });
    await put();

    expect(bench.puts(target).map(({ accessKeyId, status }) => [accessKeyId, status])).toEqual([
      ['AKIDLOCAL', 200],
      ['AKIDLOCAL', 200],
      ['AKIDLOCAL', 400],
      ['AKIDRENEWED', 200],
    ]);
  });

  test("the service's date is read from each answer, good or bad", async () => {
    const before = Math.floor(Date.now() / 1_000) * 1_000;
    await port.createLogGroup(bench.newTarget(), signal);
    await port.createLogStream(bench.newTarget(), signal).catch(() => undefined);
    expect(dates).toHaveLength(2);
    for (const date of dates) expect(date).toBeGreaterThanOrEqual(before);
  });

  test('an abort ends a call that has no answer', async () => {
    bench.server.inject({ kind: 'hang', operation: '*' });
    const abort = new AbortController();
    const call = port.createLogStream(bench.newTarget(), abort.signal);
    while (bench.server.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    abort.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('closing one that was never used is nothing', () => {
    expect(() => port.close()).not.toThrow();
  });
});
