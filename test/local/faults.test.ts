import type { PutLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import { gzipSync } from 'node:zlib';
import type { CallRecord, Fault, FaultScope } from '../../local/index.js';
import { GROUP, NOW_MS, refused, start, type Stage, stopAll, STREAM, TARGET, until } from './harness.js';

afterEach(stopAll);

function callOf(
  ...messages: string[]
): typeof TARGET & { logEvents: { timestamp: number; message: string }[] } {
  return { ...TARGET, logEvents: messages.map((message) => ({ timestamp: NOW_MS, message })) };
}

const CALL = callOf('one', 'two', 'three');

function put({ client }: Stage, call = CALL): Promise<PutLogEventsCommandOutput> {
  return client.putLogEvents(call);
}

async function storedIn({ client }: Stage): Promise<(string | undefined)[]> {
  const { events = [] } = await client.getLogEvents({ ...TARGET, startFromHead: true });
  return events.map(({ message }) => message);
}

/** The rows of PutLogEvents. */
function putsOf({ service }: Stage): readonly CallRecord[] {
  return service.calls.filter(({ operation }) => operation === 'PutLogEvents');
}

function lastOf({ service }: Stage): CallRecord | undefined {
  return service.calls.at(-1);
}

async function answerTo(
  stage: Stage,
  message: string,
  sequenceToken?: string,
): Promise<Record<string, unknown>> {
  return (await stage.raw('PutLogEvents', { ...callOf(message), sequenceToken })).body;
}

/** Of so many more calls, after those before. */
async function statuses(stage: Stage, count: number): Promise<number[]> {
  for (let calls = 0; calls < count; calls += 1) await put(stage).catch(() => 'refused');
  return putsOf(stage).map(({ status }) => status);
}

function oops(): boolean {
  throw new Error('oops');
}

describe('refusals', () => {
  const invalid = 'InvalidParameterException';
  const denied =
    'User: arn:aws:iam::123456789012:user/AKIDLOCAL is not authorized to perform: logs:PutLogEvents on resource: ' +
    `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}:log-stream:${STREAM} because no identity-based policy ` +
    'allows the logs:PutLogEvents action';

  it.each<[Fault, number, string, string]>([
    [{ kind: 'throttle' }, 400, 'ThrottlingException', 'Rate exceeded'],
    [
      { kind: 'error', status: 418, errorName: 'TeapotException', message: 'No.' },
      418,
      'TeapotException',
      'No.',
    ],
    [{ kind: 'unavailable' }, 503, 'ServiceUnavailableException', 'Service Unavailable'],
    [{ kind: 'internal' }, 500, 'InternalFailure', 'An internal failure occurred.'],
    [{ kind: 'accessDenied' }, 400, 'AccessDeniedException', denied],
    [
      { kind: 'expiredCredentials' },
      400,
      'ExpiredTokenException',
      'The security token included in the request is expired',
    ],
    [{ kind: 'poison', text: 'tw' }, 400, invalid, 'The log event message contains invalid data.'],
    [{ kind: 'missing' }, 400, 'ResourceNotFoundException', 'The specified log stream does not exist.'],
    [{ kind: 'tooLarge' }, 413, 'RequestEntityTooLargeException', 'Request Entity Too Large'],
  ])('%j', async (fault, status, name, message) => {
    const stage = await start({ faults: [{ ...fault, times: 1 }] });
    expect(await refused(put(stage))).toEqual({ name, message, status });
    expect(lastOf(stage)).toMatchObject({ status, errorName: name, stored: 0, fault: fault.kind });
    expect(await storedIn(stage)).toEqual([]);
    await put(stage);
    expect(lastOf(stage)?.status).toBe(200);
    expect(lastOf(stage)?.fault).toBeUndefined();
    expect(await storedIn(stage)).toEqual(['one', 'two', 'three']);
  });

  it('may say when to come back', async () => {
    const stage = await start({ faults: [{ kind: 'throttle', retryAfterSeconds: 7 }, { kind: 'throttle' }] });
    const answers = [await stage.raw('PutLogEvents', CALL), await stage.raw('PutLogEvents', CALL)];
    expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual(['7', null]);
  });

  it('may have more members', async () => {
    const error = {
      kind: 'error',
      status: 400,
      errorName: 'X',
      message: 'm',
      members: { expected: 'y' },
    } as const;
    const stage = await start({ faults: [error] });
    expect((await stage.raw('PutLogEvents', CALL)).body).toEqual({
      __type: 'X',
      message: 'm',
      expected: 'y',
    });
  });
});

describe('delay', () => {
  it('goes on as ever', async () => {
    const stage = await start({ faults: [{ kind: 'delay', delayMs: 20 }] });
    await put(stage);
    expect(lastOf(stage)).toMatchObject({ fault: 'delay', status: 200, stored: 3 });
  });

  it('stores even if the caller has left', async () => {
    const stage = await start({ faults: [{ kind: 'delay', delayMs: 500 }] });
    const abort = new AbortController();
    const call = stage.raw('PutLogEvents', CALL, { signal: abort.signal }).catch(() => 'aborted');
    await until(() => stage.service.calls.length === 3);
    abort.abort();
    expect(await call).toBe('aborted');
    await until(() => stage.service.calls[2]?.stored === 3);
    expect(stage.service.calls[2]?.status).toBe(0);
    expect(await storedIn(stage)).toEqual(['one', 'two', 'three']);
  });
});

describe('broken connections', () => {
  it('hang: no answer, nothing stored', async () => {
    const stage = await start({ faults: [{ kind: 'hang' }] });
    const abort = new AbortController();
    const call = stage.raw('PutLogEvents', CALL, { signal: abort.signal }).catch(() => 'aborted');
    await until(() => stage.service.calls.length === 3);
    expect(lastOf(stage)).toMatchObject({ fault: 'hang', status: 0, settledAtMs: Infinity });
    abort.abort();
    expect(await call).toBe('aborted');
    expect(await storedIn(stage)).toEqual([]);
  });

  it('resetBefore: nothing stored', async () => {
    const stage = await start({ faults: [{ kind: 'resetBefore' }] });
    expect(await refused(put(stage))).toMatchObject({
      message: expect.stringMatching(/ECONNRESET|socket hang up/),
    });
    expect(lastOf(stage)).toMatchObject({ fault: 'resetBefore', status: 0, stored: 0 });
    expect(await storedIn(stage)).toEqual([]);
  });

  it('resetAfter: stored, so a repetition is a duplicate', async () => {
    const stage = await start({ faults: [{ kind: 'resetAfter' }] });
    expect(await refused(put(stage))).toMatchObject({
      message: expect.stringMatching(/ECONNRESET|socket hang up/),
    });
    expect(lastOf(stage)).toMatchObject({ fault: 'resetAfter', status: 0, stored: 3 });
    await put(stage);
    expect(await storedIn(stage)).toEqual(['one', 'two', 'three', 'one', 'two', 'three']);
  });
});

describe('doubtful answers', () => {
  it('noRequestId: nothing stored', async () => {
    const stage = await start({ faults: [{ kind: 'noRequestId' }] });
    const { status, headers, body } = await stage.raw('PutLogEvents', CALL);
    expect([status, headers.has('x-amzn-requestid'), body]).toEqual([200, false, {}]);
    expect(await storedIn(stage)).toEqual([]);
    expect((await put(stage)).$metadata.requestId).toBeDefined();
  });

  it('noRequestId: stores the events only with `stored`', async () => {
    const stage = await start({ faults: [{ kind: 'noRequestId', stored: true }] });
    expect((await put(stage)).$metadata).toMatchObject({ httpStatusCode: 200, requestId: undefined });
    expect(await storedIn(stage)).toEqual(['one', 'two', 'three']);
  });

  it('cutBody: stored, answered with half of the JSON', async () => {
    const stage = await start({ faults: [{ kind: 'cutBody' }] });
    const { status, headers, text } = await stage.raw('PutLogEvents', CALL);
    expect([status, text, headers.has('x-amzn-requestid')]).toEqual([200, '{', true]);
    expect(lastOf(stage)).toMatchObject({ status: 200, stored: 3 });
    stage.service.inject({ kind: 'cutBody' });
    expect((await refused(put(stage))).name).toBe('SyntaxError');
  });
});

describe('rejections', () => {
  it.each([
    [{ kind: 'rejectAll' } as const, { tooOldLogEventEndIndex: 3 }],
    [{ kind: 'rejectAll', reason: 'expired' } as const, { expiredLogEventEndIndex: 3 }],
    [{ kind: 'rejectAll', reason: 'tooNew' } as const, { tooNewLogEventStartIndex: 0 }],
  ])('%j', async (fault, expected) => {
    const stage = await start({ faults: [fault] });
    expect((await put(stage)).rejectedLogEventsInfo).toEqual(expected);
    expect(lastOf(stage)).toMatchObject({ status: 200, stored: 0, rejected: 3 });
    expect(await storedIn(stage)).toEqual([]);
  });

  it('partialReject stores what is left', async () => {
    const rejectedLogEventsInfo = { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 2 };
    const stage = await start({ faults: [{ kind: 'partialReject', rejectedLogEventsInfo }] });
    expect((await put(stage)).rejectedLogEventsInfo).toEqual(rejectedLogEventsInfo);
    expect(lastOf(stage)).toMatchObject({ status: 200, stored: 1, rejected: 2 });
    expect(await storedIn(stage)).toEqual(['two']);
  });
});

describe('refuseGzip', () => {
  const headers = { 'Content-Encoding': 'gzip' };
  const wire = gzipSync(JSON.stringify(CALL));

  it.each([undefined, 'MalformedHttpRequestException'])(
    'as %s, for ever; plain passes',
    async (errorName) => {
      const stage = await start({ faults: [{ kind: 'refuseGzip', errorName }] });
      const answers = [
        await stage.rawBytes('PutLogEvents', wire, { headers }),
        await stage.raw('PutLogEvents', CALL),
        await stage.rawBytes('PutLogEvents', wire, { headers }),
      ];
      expect(answers.map(({ status, body }) => [status, body['__type']])).toEqual([
        [400, errorName ?? 'SerializationException'],
        [200, undefined],
        [400, errorName ?? 'SerializationException'],
      ]);
    },
  );
});

describe('poison', () => {
  it('hits each call with the text, others pass', async () => {
    const stage = await start({ faults: [{ kind: 'poison', text: 'bad' }] });
    for (const messages of [['a', 'bad', 'b'], ['a'], ['not bad'], ['b']]) {
      await put(stage, callOf(...messages)).catch(() => 'refused');
    }
    expect(putsOf(stage).map(({ status }) => status)).toEqual([400, 200, 400, 200]);
    expect(await storedIn(stage)).toEqual(['a', 'b']);
  });
});

describe('demandSequenceToken', () => {
  const legacy: Fault = { kind: 'demandSequenceToken' };

  it('needs the token of the call before, except on a fresh stream', async () => {
    const stage = await start({ faults: [legacy] });
    const first = String((await answerTo(stage, 'one'))['nextSequenceToken']);
    expect(first).toMatch(/^\d{56}$/);
    for (const token of [undefined, 'garbage']) {
      expect(await answerTo(stage, 'two', token)).toEqual({
        __type: 'InvalidSequenceTokenException',
        message: `The given sequenceToken is invalid. The next expected sequenceToken is: ${first}`,
        expectedSequenceToken: first,
      });
    }
    const second = String((await answerTo(stage, 'two', first))['nextSequenceToken']);
    expect(second).not.toBe(first);
    expect((await answerTo(stage, 'three', first))['expectedSequenceToken']).toBe(second);
    expect(await storedIn(stage)).toEqual(['one', 'two']);
    const { logStreams } = await stage.client.describeLogStreams({ logGroupName: GROUP });
    expect(logStreams?.[0]?.uploadSequenceToken).toBe(second);
  });

  it('knows a repetition, also of a call that was reset', async () => {
    const stage = await start({ faults: [{ kind: 'resetAfter' }, legacy] });
    await expect(answerTo(stage, 'one')).rejects.toThrow('fetch failed');
    const repeated = await answerTo(stage, 'one');
    const expected = String(repeated['expectedSequenceToken']);
    expect(repeated).toEqual({
      __type: 'DataAlreadyAcceptedException',
      message:
        'The given batch of log events has already been accepted. The next batch can be sent with sequenceToken: ' +
        expected,
      expectedSequenceToken: expected,
    });
    expect((await answerTo(stage, 'other'))['__type']).toBe('InvalidSequenceTokenException');
    expect((await answerTo(stage, 'one', expected))['nextSequenceToken']).toBeDefined();
    expect(await storedIn(stage)).toEqual(['one', 'one']);
  });

  it('knows a repetition by its token as well as by its events', async () => {
    const stage = await start({ faults: [legacy] });
    const first = String((await answerTo(stage, 'one'))['nextSequenceToken']);
    const second = String((await answerTo(stage, 'two', first))['nextSequenceToken']);
    expect((await answerTo(stage, 'two', first))['__type']).toBe('DataAlreadyAcceptedException');
    expect((await answerTo(stage, 'two', 'garbage'))['__type']).toBe('InvalidSequenceTokenException');
    expect((await answerTo(stage, 'two'))['__type']).toBe('InvalidSequenceTokenException');
    expect((await answerTo(stage, 'two', second))['nextSequenceToken']).toBeDefined();
    expect(await storedIn(stage)).toEqual(['one', 'two', 'two']);
  });

  it('ends when it is cleared', async () => {
    const stage = await start({ faults: [legacy] });
    await answerTo(stage, 'one');
    stage.service.clearFaults();
    expect(await answerTo(stage, 'two')).toEqual({});
  });
});

describe('scope', () => {
  it.each<[FaultScope, number[]]>([
    [{}, [400, 200, 200, 200]],
    [{ times: 2 }, [400, 400, 200, 200]],
    [{ times: 0 }, [200, 200, 200, 200]],
    [{ times: Infinity }, [400, 400, 400, 400]],
    [{ skip: 1 }, [200, 400, 200, 200]],
    [{ skip: 1, times: 2 }, [200, 400, 400, 200]],
  ])('%j', async (scope, expected) => {
    const stage = await start({ faults: [{ ...scope, kind: 'throttle' }] });
    expect(await statuses(stage, 4)).toEqual(expected);
  });

  it('is a matter of chance with a probability', async () => {
    const draws = [0.5, 0.49, 0.9, 0.1];
    const random = (): number => draws.shift() ?? 1;
    const stage = await start({ random, faults: [{ kind: 'throttle', probability: 0.5, times: Infinity }] });
    expect(await statuses(stage, 4)).toEqual([200, 400, 200, 400]);
  });

  it('is one operation, or any', async () => {
    const stage = await start({
      faults: [
        { kind: 'throttle', operation: 'CreateLogStream' },
        { kind: 'unavailable', operation: '*', skip: 1 },
      ],
    }).catch(() => undefined);
    expect(stage).toBeUndefined(); // its own CreateLogStream was throttled
    const other = await start();
    other.service.inject({ kind: 'unavailable', operation: '*', times: 2 });
    expect((await refused(other.client.describeLogGroups({}))).status).toBe(503);
    expect((await refused(put(other))).status).toBe(503);
    expect(await statuses(other, 1)).toEqual([503, 200]);
  });

  it('may look at the call', async () => {
    const seen: unknown[] = [];
    const stage = await start();
    stage.service.inject({ kind: 'throttle', times: Infinity, when: (call) => seen.push(call) === 2 });
    expect(await statuses(stage, 3)).toEqual([200, 400, 200]);
    expect(seen[0]).toEqual({
      operation: 'PutLogEvents',
      ...TARGET,
      messages: ['one', 'two', 'three'],
      encoding: 'identity',
      accessKeyId: 'AKIDLOCAL',
    });
  });

  it('belongs to the first that matches; the next waits its turn', async () => {
    const stage = await start({ faults: [{ kind: 'throttle' }, { kind: 'unavailable' }] });
    stage.service.inject({ kind: 'internal' });
    expect(await statuses(stage, 4)).toEqual([400, 503, 500, 200]);
  });

  it('ends with clearFaults', async () => {
    const stage = await start({ faults: [{ kind: 'throttle', times: Infinity }] });
    expect(await statuses(stage, 1)).toEqual([400]);
    stage.service.clearFaults();
    expect(await statuses(stage, 1)).toEqual([400, 200]);
  });

  it('leaves a fault that spoils a success for the next call, if this one is refused anyway', async () => {
    const stage = await start({ faults: [{ kind: 'resetAfter' }] });
    expect((await refused(put(stage, callOf('')))).status).toBe(400);
    expect(lastOf(stage)?.fault).toBeUndefined();
    await put(stage).catch(() => 'reset');
    expect(lastOf(stage)).toMatchObject({ fault: 'resetAfter', stored: 3 });
    await put(stage);
    expect(lastOf(stage)?.status).toBe(200);
  });

  it('answers when a condition of the test throws', async () => {
    const stage = await start();
    stage.service.inject({ kind: 'hang', when: oops });
    expect(await refused(put(stage))).toMatchObject({
      status: 500,
      message: 'The local server failed: Error: oops',
    });
  });
});
