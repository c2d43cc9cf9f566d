import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { CallLedger } from '../../local/calls.js';
import { GROUP, NOW_MS, start, startEmpty, stopAll, STREAM, TARGET, until } from './harness.js';

afterEach(stopAll);

it('has a row for each call, in order of arrival, and no messages', async () => {
  let nowMs = NOW_MS;
  const { client, service } = await start({ clock: () => nowMs });
  nowMs += 5;
  const logEvents = [
    { timestamp: NOW_MS - 9, message: 'secret' },
    { timestamp: NOW_MS, message: '€' },
  ];
  const { $metadata } = await client.putLogEvents({ ...TARGET, logEvents });
  expect(service.calls.map(({ operation }) => operation)).toEqual([
    'CreateLogGroup',
    'CreateLogStream',
    'PutLogEvents',
  ]);
  expect(service.calls[2]).toEqual({
    id: 3,
    operation: 'PutLogEvents',
    receivedAtMs: NOW_MS + 5,
    settledAtMs: NOW_MS + 5,
    logGroupName: GROUP,
    logStreamName: STREAM,
    status: 200,
    requestId: $metadata.requestId,
    events: 2,
    countedBytes: 6 + 3 + 52,
    wireBytes: Buffer.byteLength(JSON.stringify({ ...TARGET, logEvents })),
    encoding: 'identity',
    firstTimestamp: NOW_MS - 9,
    lastTimestamp: NOW_MS,
    stored: 2,
    rejected: 0,
    concurrency: 1,
    accessKeyId: 'AKIDLOCAL',
    accountId: '123456789012',
    region: 'us-east-1',
    userAgent: expect.stringMatching(/^aws-sdk-js/),
  });
});

it('has a row for a refused call', async () => {
  const stage = await startEmpty();
  await stage.raw('PutLogEvents', { logEvents: [{ timestamp: 'x', message: 7 }, 'no event'] });
  expect(stage.service.calls).toMatchObject([
    {
      status: 400,
      errorName: 'SerializationException',
      logGroupName: '',
      logStreamName: '',
      events: 2,
      countedBytes: 52,
      stored: 0,
      rejected: 0,
      accessKeyId: 'AKIDRAW',
    },
  ]);
  expect(stage.service.calls[0]?.firstTimestamp).toBeUndefined();
});

it('counts the calls in flight on a stream', async () => {
  const { client, service } = await start();
  await client.createLogStream({ logGroupName: GROUP, logStreamName: 'other' });
  service.inject({ kind: 'hang', times: 3 });
  const abort = new AbortController();
  const put = (logStreamName: string): Promise<unknown> => {
    const logEvents = [{ timestamp: NOW_MS, message: 'x' }];
    const command = { logGroupName: GROUP, logStreamName, logEvents };
    return client.putLogEvents(command, { abortSignal: abort.signal }).catch(() => 'aborted');
  };
  const hanging: Promise<unknown>[] = [];
  for (const [index, name] of [STREAM, STREAM, 'other'].entries()) {
    hanging.push(put(name));
    await until(() => service.calls.length === 4 + index);
  }
  await client.putLogEvents({ ...TARGET, logEvents: [{ timestamp: NOW_MS, message: 'x' }] });
  expect(service.calls.slice(3).map(({ concurrency }) => concurrency)).toEqual([1, 2, 1, 3]);
  expect(service.calls.slice(3).map(({ settledAtMs }) => settledAtMs)).toEqual([
    Infinity,
    Infinity,
    Infinity,
    NOW_MS,
  ]);

  abort.abort();
  expect(await Promise.all(hanging)).toEqual(['aborted', 'aborted', 'aborted']);
  await until(() => service.calls.every(({ settledAtMs }) => settledAtMs === NOW_MS));
  expect(service.calls.slice(3).map(({ status }) => status)).toEqual([0, 0, 0, 200]);
  await client.putLogEvents({ ...TARGET, logEvents: [{ timestamp: NOW_MS, message: 'x' }] });
  expect(service.calls.at(-1)?.concurrency).toBe(1);
});

it('counts a stream of the same name in another Region by itself', async () => {
  const { client, service } = await start();
  const elsewhere = new CloudWatchLogs({
    endpoint: service.endpoint,
    region: 'eu-central-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret' },
  });
  service.inject({ kind: 'hang' });
  const abort = new AbortController();
  const call = { ...TARGET, logEvents: [{ timestamp: NOW_MS, message: 'x' }] };
  const hanging = client.putLogEvents(call, { abortSignal: abort.signal }).catch(() => 'aborted');
  await until(() => service.calls.at(-1)?.operation === 'PutLogEvents');
  await elsewhere.putLogEvents(call).catch(() => undefined);
  const puts = service.calls.filter(({ operation }) => operation === 'PutLogEvents');
  expect(puts.map(({ region, concurrency }) => [region, concurrency])).toEqual([
    ['us-east-1', 1],
    ['eu-central-1', 1],
  ]);
  abort.abort();
  expect(await hanging).toBe('aborted');
  elsewhere.destroy();
});

it('keeps the beginning of a name or a refusal that is too long', async () => {
  const stage = await startEmpty();
  await stage.raw('DeleteLogStream', { logGroupName: 'g'.repeat(5_000), logStreamName: 's'.repeat(5_000) });
  await stage.raw('GetLogRecord', { logRecordPointer: 'p'.repeat(5_000) });
  const [names, pointer] = stage.service.calls;
  expect([names?.logGroupName, names?.logStreamName]).toEqual(['g'.repeat(4_096), 's'.repeat(4_096)]);
  expect(pointer?.errorMessage).toMatch(/^The logRecordPointer is malformed: 'p{4000,}$/);
});

it('has no row for a request that never arrives whole', async () => {
  const { service } = await startEmpty();
  const socket = connect(Number(new URL(service.endpoint).port), '127.0.0.1');
  socket.end('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  socket.resume();
  await once(socket, 'close'); // by the server, when it has given up on the request
  expect(service.calls).toEqual([]);
});

it('keeps the last rows, where a bound is given, and counts the others', () => {
  const ledger = new CallLedger(() => 0, 1_000);
  const caller = { accessKeyId: 'AKID', accountId: '123456789012', region: 'us-east-1', userAgent: '' };
  const facts = {
    operation: 'DescribeLogGroups',
    caller,
    encoding: 'identity',
    wireBytes: 2,
    input: {},
  } as const;
  for (let call = 0; call < 2_500; call++) ledger.open({ ...facts, problem: undefined }, String(call));

  expect(ledger.rows.length).toBeLessThanOrEqual(1_000);
  expect(ledger.rows.length).toBeGreaterThan(800);
  expect(ledger.forgotten + ledger.rows.length).toBe(2_500);
  expect(ledger.rows.at(-1)?.requestId).toBe('2499');
  expect(ledger.rows[0]?.requestId).toBe(String(ledger.forgotten));
});
