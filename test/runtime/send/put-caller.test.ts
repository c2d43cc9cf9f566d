import { systemClock } from '../../../runtime/io/clock.js';
import type { EncodedBatch } from '../../../runtime/batch/encoded-batch.js';
import { OpenBatch } from '../../../runtime/batch/open-batch.js';
import { PutCaller } from '../../../runtime/send/put-caller.js';
import { EntityUse } from '../../../runtime/send/entity-use.js';
import { Compression } from '../../../runtime/send/compression.js';
import { SequenceTokens } from '../../../runtime/send/sequence-tokens.js';
import { promisesRun } from '../../support/manual-clock.js';
import { errorNamed, FakePort, type Reply } from '../../support/fake-port.js';
import { batchAt, batchOf, event, NOW_MS, requestText, TARGET } from '../../support/events.js';

function bench(replies: Reply[], { gzip = false, isCustomEndpoint = false } = {}) {
  const port = new FakePort({ putLogEvents: replies });
  const tokens = new SequenceTokens();
  const failures: string[] = [];
  const reports: string[] = [];
  const entities = new EntityUse((code, message) => void reports.push(`${code}: ${message}`));
  const caller = new PutCaller({
    port,
    tokens,
    entities,
    compression: new Compression(gzip, systemClock),
    isCustomEndpoint,
    failures: {
      failed: (_operation, _target, error, reason) =>
        void failures.push(`${reason}: ${(error as Error | undefined)?.message ?? ''}`),
    },
  });
  const batch = batchAt(NOW_MS, NOW_MS + 1);
  const put = (signal = new AbortController().signal) => caller.put(batch, signal);
  return { port, tokens, failures, reports, caller, batch, put };
}

test('an answer is made sense of, and nothing is said about it', async () => {
  const { put, failures, caller, port, batch } = bench(['ok']);
  expect(await put()).toEqual({ kind: 'delivered', rejected: [] });
  expect([failures, caller.calls]).toEqual([[], 1]);
  expect(Buffer.from(port.bodies[0]!.bytes).equals(batch.body.bytes)).toBe(true);
});

test('each call counts, whatever comes of it', async () => {
  const { put, caller } = bench([errorNamed('InternalFailure'), {}, 'ok']);
  for (let call = 0; call < 3; call++) await put();
  expect(caller.calls).toBe(3);
});

test('a call that was aborted before it began is not made', async () => {
  const { put, port, caller } = bench(['ok']);
  expect(await put(AbortSignal.abort())).toMatchObject({ kind: 'retry', reason: 'AbortError' });
  expect([port.calls, caller.calls]).toEqual([[], 0]);
});

test('one that is aborted meanwhile ends, and nothing is said about it: we did it', async () => {
  const { put, failures } = bench(['hang']);
  const abort = new AbortController();
  const verdict = put(abort.signal);
  await promisesRun();
  abort.abort();
  expect(await verdict).toMatchObject({ kind: 'retry', reason: 'AbortError' });
  expect(failures).toEqual([]);
});

describe('what is told', () => {
  test.each<[string, Reply, string[]]>([
    [
      'a failure that is tried again',
      errorNamed('InternalFailure'),
      ['InternalFailure: this is InternalFailure'],
    ],
    [
      'a malformed call',
      errorNamed('InvalidParameterException'),
      ['InvalidParameterException: this is InvalidParameterException'],
    ],
    ['an answer that proves nothing', {}, ['noRequestId: ']],
    ['not a missing target', errorNamed('ResourceNotFoundException'), []],
    ['not a demanded token', errorNamed('InvalidSequenceTokenException'), []],
    ['not a batch that is there already', errorNamed('DataAlreadyAcceptedException'), []],
  ])('%s', async (_, reply, told) => {
    const { put, failures } = bench([reply]);
    await put();
    expect(failures).toEqual(told);
  });

  test('not a refused compression', async () => {
    const { caller, failures, port } = bench([errorNamed('SerializationException')], { gzip: true });
    expect(await caller.put(batchOf([event('x'.repeat(2_000))]), new AbortController().signal)).toEqual({
      kind: 'plain',
      reason: 'SerializationException',
    });
    expect([failures, port.bodies[0]?.encoding]).toEqual([[], 'gzip']);
  });
});

describe('a compressed body', () => {
  const failure = errorNamed('InternalFailure', { $metadata: { httpStatusCode: 500 } });

  test.each([
    [true, true, 'plain'],
    [true, false, 'retry'],
    [false, true, 'retry'],
    [false, false, 'retry'],
  ])('compressed %s, custom endpoint %s: 500 means %s', async (gzip, isCustomEndpoint, kind) => {
    const { caller } = bench([failure], { gzip, isCustomEndpoint });
    const verdict = await caller.put(batchOf([event('x'.repeat(2_000))]), new AbortController().signal);
    expect(verdict.kind).toBe(kind);
  });

  test('one that is too short to be compressed was not compressed', async () => {
    const { put } = bench([failure], { gzip: true, isCustomEndpoint: true });
    expect((await put()).kind).toBe('retry');
  });
});

describe('sequence tokens', () => {
  const tokenOf = ({ bytes }: { bytes: Uint8Array }): unknown =>
    (JSON.parse(Buffer.from(bytes).toString()) as { sequenceToken?: unknown }).sequenceToken;

  test('a call carries the one that is demanded, and the verdict says which one comes next', async () => {
    const { put, tokens, port } = bench([
      errorNamed('InvalidSequenceTokenException', { expectedSequenceToken: 't1' }),
      { requestId: 'r', nextSequenceToken: 't2' },
      errorNamed('DataAlreadyAcceptedException', { expectedSequenceToken: 't3' }),
    ]);
    expect(await put()).toMatchObject({ kind: 'token', expected: 't1' });
    tokens.demanded(TARGET, 't1');
    expect(await put()).toEqual({ kind: 'delivered', rejected: [], nextToken: 't2' });
    expect(await put()).toEqual({ kind: 'delivered', rejected: [], nextToken: 't3' });
    expect(port.bodies.map(tokenOf)).toEqual([undefined, 't1', 't1']);
  });

  test('a token changes the body by one member', async () => {
    const { put, tokens, port } = bench(['ok']);
    tokens.demanded(TARGET, '49');
    await put();
    const events = [NOW_MS, NOW_MS + 1].map((timestamp) => ({ timestamp, line: String(timestamp) }));
    expect(Buffer.from(port.bodies[0]!.bytes).toString()).toBe(
      requestText(events, TARGET, { sequenceToken: '49' }),
    );
  });
});

describe('an entity', () => {
  const entity = { keyAttributes: { Type: 'Service', Name: 'api' } };
  const related = (): EncodedBatch => {
    const open = new OpenBatch({ ...TARGET, entityText: JSON.stringify(entity) });
    open.add(event('a', NOW_MS));
    return open.seal();
  };
  const entityOf = ({ bytes }: { bytes: Uint8Array }): unknown =>
    (JSON.parse(Buffer.from(bytes).toString()) as { entity?: unknown }).entity;

  test.each([
    ['ValidationException', {}, false, 'bare'],
    ['SerializationException', {}, false, 'bare'],
    ['Whatever', { $metadata: { httpStatusCode: 400 } }, true, 'bare'],
    ['Whatever', { $metadata: { httpStatusCode: 400 } }, false, 'retry'],
    ['Whatever', { $metadata: { httpStatusCode: 500 } }, true, 'retry'],
    ['ThrottlingException', { $metadata: { httpStatusCode: 400 } }, true, 'retry'],
    ['AccessDeniedException', { $metadata: { httpStatusCode: 400 } }, true, 'retry'],
    ['ResourceNotFoundException', {}, true, 'provision'],
  ])('%s %j, custom endpoint %s, means %s', async (name, members, isCustomEndpoint, kind) => {
    const { caller } = bench([errorNamed(name, members)], { isCustomEndpoint });
    expect(await caller.put(related(), new AbortController().signal)).toMatchObject({ kind });
  });

  test('refused once, it is left out of the same batch and of all others', async () => {
    const { caller, port, failures, reports } = bench([errorNamed('ValidationException')]);
    const batch = related();
    const { signal } = new AbortController();
    for (const each of [batch, batch, related()]) await caller.put(each, signal);
    expect(port.bodies.map(entityOf)).toEqual([entity, undefined, undefined]);
    expect(port.messages).toEqual([['a'], ['a'], ['a']]);
    expect([failures, reports.length]).toEqual([[], 1]);
  });

  test('taken once, it is left out of a call that is refused later, too, before the batch counts as bad', async () => {
    const refusal = errorNamed('ValidationException');
    const { caller, port } = bench(['ok', refusal, refusal]);
    const { signal } = new AbortController();
    await caller.put(related(), signal);
    const batch = related();
    expect(await caller.put(batch, signal)).toMatchObject({ kind: 'bare' });
    expect(await caller.put(batch, signal)).toMatchObject({ kind: 'divide' });
    expect(port.bodies.map(entityOf)).toEqual([entity, entity, undefined]);
  });

  test('rejected, it costs a report and nothing else', async () => {
    const answer = { requestId: 'r', rejectedEntityInfo: { errorType: 'InvalidEntity' } };
    const { caller, port, reports } = bench([answer, answer]);
    const { signal } = new AbortController();
    for (let call = 0; call < 2; call++)
      expect(await caller.put(related(), signal)).toEqual({ kind: 'delivered', rejected: [] });
    expect(port.bodies.map(entityOf)).toEqual([entity, entity]);
    expect(reports).toEqual([expect.stringMatching(/^entity\.InvalidEntity/)]);
  });
});
