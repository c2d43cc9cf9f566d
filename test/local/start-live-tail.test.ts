import type { StartLiveTailCommandInput, StartLiveTailResponseStream } from '@aws-sdk/client-cloudwatch-logs';
import { type CallRecord, type LocalCloudWatchLogsOptions } from '../../local/index.js';
import { recogniseErrorsOfNode } from '../support/realm.js';
import { GROUP, NOW_MS, refused, Stage, start, stopAll, STREAM, TARGET, until } from './harness.js';

recogniseErrorsOfNode();
afterEach(stopAll);

const ARN = `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}`;
const OTHER_ARN = `${ARN}-2`;

type Session = AsyncIterator<StartLiveTailResponseStream>;

async function startTail(
  { client }: Stage,
  input: Partial<StartLiveTailCommandInput> = {},
): Promise<Session> {
  const { responseStream } = await client.startLiveTail({ logGroupIdentifiers: [ARN], ...input });
  const session = responseStream![Symbol.asyncIterator]();
  await session.next();
  return session;
}

async function next(session: Session): Promise<StartLiveTailResponseStream> {
  return (await session.next()).value as StartLiveTailResponseStream;
}

/** The lines of the first update that has some. */
async function nextLines(session: Session): Promise<(string | undefined)[]> {
  for (;;) {
    const results = (await next(session)).sessionUpdate!.sessionResults!;
    if (results.length > 0) return results.map(({ message }) => message);
  }
}

function tailCalls({ service }: Stage): readonly CallRecord[] {
  return service.calls.filter(({ operation }) => operation === 'StartLiveTail');
}

async function log({ client }: Stage, logStreamName: string, ...messages: string[]): Promise<void> {
  const logEvents = messages.map((message) => ({ timestamp: NOW_MS, message }));
  await client.putLogEvents({ ...TARGET, logStreamName, logEvents });
}

async function withStreams(options: LocalCloudWatchLogsOptions = {}): Promise<Stage> {
  const stage = await start(options);
  await stage.client.createLogGroup({ logGroupName: `${GROUP}-2` });
  for (const logStreamName of ['api-1', 'web-1']) {
    await stage.client.createLogStream({ ...TARGET, logStreamName });
  }
  return stage;
}

it('repeats what was asked for, then shows each second what came', async () => {
  const stage = await start();
  const asked = { logGroupIdentifiers: [ARN], logStreamNames: [STREAM], logEventFilterPattern: 'paid' };
  const { responseStream, $metadata } = await stage.client.startLiveTail(asked);
  await log(stage, STREAM, 'paid 1 €', 'free', 'paid 2');
  const session = responseStream![Symbol.asyncIterator]();

  const seen = (message: string): object => ({
    logStreamName: STREAM,
    logGroupIdentifier: ARN,
    message,
    timestamp: NOW_MS,
    ingestionTime: NOW_MS,
  });
  const sessionMetadata = { sampled: false };
  expect([await next(session), await next(session), await next(session)]).toEqual([
    {
      sessionStart: {
        ...asked,
        requestId: $metadata.requestId,
        sessionId: expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
      },
    },
    { sessionUpdate: { sessionMetadata, sessionResults: [seen('paid 1 €'), seen('paid 2')] } },
    { sessionUpdate: { sessionMetadata, sessionResults: [] } },
  ]);
});

it('shows the named streams, or those with the prefixes, of the log groups asked for', async () => {
  const stage = await withStreams();
  const named = await startTail(stage, { logStreamNames: ['web-1', 'later'] });
  const prefixed = await startTail(stage, { logStreamNamePrefixes: ['x', 'api'] });
  const all = await startTail(stage, { logGroupIdentifiers: [OTHER_ARN, ARN] });
  const other = await startTail(stage, { logGroupIdentifiers: [OTHER_ARN] });

  await stage.client.createLogStream({ logGroupName: `${GROUP}-2`, logStreamName: 'api-1' });
  await stage.client.createLogStream({ ...TARGET, logStreamName: 'later' });
  await log(stage, 'api-1', 'a');
  await log(stage, 'web-1', 'b');
  await log(stage, 'later', 'c');
  await stage.client.putLogEvents({
    logGroupName: `${GROUP}-2`,
    logStreamName: 'api-1',
    logEvents: [{ timestamp: NOW_MS, message: 'd' }],
  });

  const lines = await Promise.all([named, prefixed, all, other].map(nextLines));
  expect(lines).toEqual([['b', 'c'], ['a'], ['a', 'b', 'c', 'd'], ['d']]);
});

it.each([
  ['a name instead of an ARN', { logGroupIdentifiers: [GROUP] }, 'InvalidParameterException'],
  ['an ARN with :*', { logGroupIdentifiers: [`${ARN}:*`] }, 'InvalidParameterException'],
  ['no log group', { logGroupIdentifiers: [] }, 'InvalidParameterException'],
  ['eleven', { logGroupIdentifiers: Array.from({ length: 11 }, () => ARN) }, 'InvalidParameterException'],
  ['one that is missing', { logGroupIdentifiers: [ARN, `${ARN}-3`] }, 'ResourceNotFoundException'],
  [
    'names and prefixes',
    { logStreamNames: ['a'], logStreamNamePrefixes: ['a'] },
    'InvalidParameterException',
  ],
  [
    'names of two log groups',
    { logGroupIdentifiers: [ARN, OTHER_ARN], logStreamNames: ['a'] },
    'InvalidParameterException',
  ],
  [
    'prefixes of two log groups',
    { logGroupIdentifiers: [ARN, OTHER_ARN], logStreamNamePrefixes: ['a'] },
    'InvalidParameterException',
  ],
  ['a malformed pattern', { logEventFilterPattern: '{ $.a = ' }, 'InvalidParameterException'],
])('refuses %s', async (_what, input, name) => {
  const stage = await withStreams();
  const { client } = stage;
  const refusal = await refused(client.startLiveTail({ logGroupIdentifiers: [ARN], ...input }));
  expect([refusal.name, refusal.status]).toEqual([name, 400]);
  expect(tailCalls(stage)).toMatchObject([{ status: 400, errorName: name }]);
});

it('refuses a log group of class INFREQUENT_ACCESS', async () => {
  const { client } = await start();
  await client.createLogGroup({ logGroupName: `${GROUP}-2`, logGroupClass: 'INFREQUENT_ACCESS' });
  const refusal = await refused(client.startLiveTail({ logGroupIdentifiers: [OTHER_ARN] }));
  expect(refusal.name).toBe('InvalidOperationException');
});

it('has fifteen sessions, and room again when one ends', async () => {
  const stage = await start();
  const leaving = new Stage(stage.service, 'us-east-1');
  await startTail(leaving);
  for (let count = 1; count < 15; count++) await startTail(stage);
  const input = { logGroupIdentifiers: [ARN] };
  expect(await refused(stage.client.startLiveTail(input))).toMatchObject({
    name: 'LimitExceededException',
    status: 400,
  });

  leaving.client.destroy();
  await until(() => tailCalls(stage)[0]!.settledAtMs < Number.POSITIVE_INFINITY);
  await startTail(stage);
});

it('is one call in flight until the caller ends it', async () => {
  const stage = await start();
  const session = await startTail(stage);
  await next(session);
  expect(tailCalls(stage)).toMatchObject([{ status: 0, settledAtMs: Number.POSITIVE_INFINITY }]);

  stage.client.destroy();
  await until(() => tailCalls(stage)[0]!.settledAtMs < Number.POSITIVE_INFINITY);
  expect(tailCalls(stage)).toMatchObject([{ status: 200, settledAtMs: NOW_MS }]);
  expect(tailCalls(stage)[0]).not.toHaveProperty('errorName');
});

it('ends with an exception after three hours', async () => {
  let nowMs = NOW_MS;
  const stage = await start({ clock: () => nowMs });
  const session = await startTail(stage);
  nowMs += 3 * 3_600_000;
  await expect(session.next()).rejects.toMatchObject({ name: 'SessionTimeoutException' });
  expect(tailCalls(stage)).toMatchObject([{ status: 200, settledAtMs: nowMs }]);
});

it('ends when the server closes', async () => {
  const stage = await start();
  const session = await startTail(stage);
  const ended = Promise.allSettled([session.next()]);
  await stage.service.close();
  await ended;
  await until(() => tailCalls(stage)[0]!.settledAtMs < Number.POSITIVE_INFINITY);
  expect(tailCalls(stage)).toMatchObject([{ status: 200 }]);
});

it('meets faults as other operations do', async () => {
  const stage = await start();
  const fault = { operation: 'StartLiveTail' } as const;
  stage.service.inject(
    { ...fault, kind: 'throttle' },
    { ...fault, kind: 'noRequestId', stored: true },
    { ...fault, kind: 'delay', delayMs: 5 },
  );
  const input = { logGroupIdentifiers: [ARN] };
  expect((await refused(stage.client.startLiveTail(input))).name).toBe('ThrottlingException');
  expect((await stage.client.startLiveTail(input)).$metadata.requestId).toBeUndefined();
  await startTail(stage);
  expect(tailCalls(stage).map((call) => call.fault)).toEqual(['throttle', 'noRequestId', 'delay']);
});

it('leaves no session where a fault resets the connection', async () => {
  const stage = await start();
  stage.service.inject({ operation: 'StartLiveTail', kind: 'resetAfter', times: 15 });
  for (let count = 0; count < 15; count++) await refused(startTail(stage));
  await expect(startTail(stage)).resolves.toBeDefined();
});
