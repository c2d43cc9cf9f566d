import type { CloudWatchValues } from '../../../contract/sections.js';
import type { PutAnswer } from '../../../runtime/send/port.js';
import { Settings } from '../../../runtime/settings/settings.js';
import type { FromThread, HandedBatch } from '../../../runtime/worker/messages.js';
import { ThreadDrain } from '../../../runtime/worker/thread-drain.js';
import { batchOf, event, TARGET } from '../../support/events.js';
import { errorNamed, FakePort, OK, type Reply } from '../../support/fake-port.js';

function settings(cloudwatch: object = {}): CloudWatchValues {
  const input = { ...TARGET, retryBaseDelay: 0.001, ...cloudwatch };
  return new Settings({ sinkConfig: { cloudwatch: input } }, { env: {} }).sinkConfig.cloudwatch;
}

/** A batch whose events are these letters, a millisecond apart from those of others. */
function handed(names: string, afterMs: number, callId?: number, nowMs = Date.now()): HandedBatch {
  const batch = batchOf(names.split('').map((name) => event(name, nowMs + afterMs)));
  return { ...batch.carried(), callId };
}

interface Drained {
  readonly port: FakePort;
  readonly outcomes: string[];
  readonly calls: number;
}

async function drained(
  puts: Reply[],
  batches: readonly HandedBatch[],
  options: {
    readonly answers?: Readonly<Record<number, Promise<PutAnswer>>>;
    readonly deadlineMs?: number;
    readonly settings?: object;
    readonly port?: FakePort;
  } = {},
): Promise<Drained> {
  const { port = new FakePort({ putLogEvents: puts }) } = options;
  const messages: FromThread[] = [];
  await new Promise<void>((resolve) => {
    const drain = new ThreadDrain({
      settings: settings(options.settings),
      port,
      post: (message) => messages.push(structuredClone(message)),
      excludes: () => undefined,
      answerOf: (callId) => options.answers?.[callId],
      onDone: resolve,
    });
    drain.run(batches, options.deadlineMs ?? 10_000);
  });
  const outcomes = messages.flatMap((message) => {
    if (message.kind !== 'outcome') return [];
    const { index, act, part } = message.outcome;
    return [`${index} ${act}${part ? ` ${part.columns.ends.length} of it` : ''}`];
  });
  const last = messages.at(-1);
  return { port, outcomes, calls: last?.kind === 'drained' ? last.calls : NaN };
}

test('all batches are delivered, and the calls are counted', async () => {
  const found = await drained([], [handed('ab', 0), handed('c', 10)]);

  expect(found).toMatchObject({ outcomes: ['0 delivered', '1 delivered'], calls: 2 });
  expect(found.port.messages).toEqual([['a', 'b'], ['c']]);
});

test('what fails is tried again, and what is missing is made', async () => {
  const failures = [errorNamed('ServiceUnavailableException'), errorNamed('ResourceNotFoundException')];
  const found = await drained(failures, [handed('ab', 0)]);

  expect(found.port.calls).toEqual(['putLogEvents', 'putLogEvents', 'createLogStream', 'putLogEvents']);
  expect(found).toMatchObject({ outcomes: ['0 delivered'], calls: 3 });
});

describe('a service that throttles', () => {
  const throttled = (count: number): Reply[] =>
    Array.from({ length: count }, () => errorNamed('ThrottlingException'));

  test('puts and creations: everything is delivered, and no put is made before the stream is', async () => {
    const port = new FakePort({
      putLogEvents: [...throttled(2), errorNamed('ResourceNotFoundException'), ...throttled(2)],
      createLogStream: throttled(2),
    });
    const { outcomes } = await drained([], [handed('ab', 0), handed('c', 10)], { port });

    expect(outcomes.toSorted()).toEqual(['0 delivered', '1 delivered']);
    expect(port.calls.join(' ')).toMatch(/( createLogStream){3}( putLogEvents)+$/);
  });

  test('for ever: at the deadline everything goes back as given up', async () => {
    const { outcomes } = await drained(throttled(10_000), [handed('ab', 0), handed('c', 10)], {
      deadlineMs: 50,
      settings: { retryBaseDelay: 3_600 },
    });

    expect(outcomes.toSorted()).toEqual(['0 givenUp', '1 givenUp']);
  });
});

test('a batch that is refused is divided, and each part is reported as a part of it', async () => {
  const refusal = errorNamed('InvalidParameterException');
  const { outcomes } = await drained([refusal], [handed('abc', 0)]);

  expect(outcomes.toSorted()).toEqual(['0 delivered 1 of it', '0 delivered 2 of it']);
});

test('at the deadline the rest goes back as given up', async () => {
  const { outcomes } = await drained(['hang'], [handed('ab', 0), handed('c', 10)], { deadlineMs: 50 });

  expect(outcomes.toSorted()).toEqual(['0 givenUp', '1 delivered']);
});

describe('a call that is under way', () => {
  test('is not made again if it succeeds, whatever it rejects', async () => {
    const found = await drained([], [handed('ab', 0, 4), handed('c', 10)], {
      answers: { 4: Promise.resolve(OK) },
    });

    expect(found.port.messages).toEqual([['c']]);
    expect(found.outcomes.toSorted()).toEqual(['0 delivered', '1 delivered']);
  });

  test.each([
    ['fails', Promise.reject(errorNamed('ServiceUnavailableException'))],
    ['has an answer that is not the service’s', Promise.resolve({})],
  ])('is made again if it %s', async (_name, answer) => {
    const found = await drained([], [handed('ab', 0, 4)], { answers: { 4: answer } });

    expect(found.port.messages).toEqual([['a', 'b']]);
    expect(found).toMatchObject({ outcomes: ['0 delivered'], calls: 1 });
  });

  test('holds up the others if they must keep their order, and only then', async () => {
    const failing = (): Promise<PutAnswer> =>
      new Promise((_, reject) => setTimeout(() => reject(errorNamed('ServiceUnavailableException')), 50));
    const batches = [handed('ab', 0, 4), handed('c', 10)];
    const strict = await drained([], batches, { answers: { 4: failing() }, settings: { ordered: true } });
    const free = await drained([], batches, { answers: { 4: failing() } });

    expect(strict.port.messages).toEqual([['a', 'b'], ['c']]);
    expect(free.port.messages).toEqual([['c'], ['a', 'b']]);
  });

  test('holds up one that shares a millisecond with it, or their lines could change places', async () => {
    let answerFirst = (_answer: PutAnswer): void => undefined;
    const first = new Promise<PutAnswer>((resolve) => (answerFirst = resolve));
    setTimeout(() => answerFirst(OK), 50);
    const port = new FakePort();
    const putsAtAnswer = first.then(() => port.messages.length);
    const nowMs = Date.now();
    const found = drained([], [handed('ab', 0, 4, nowMs), handed('c', 0, undefined, nowMs)], {
      answers: { 4: first },
      port,
    });

    expect(await putsAtAnswer).toBe(0);
    expect(await found).toMatchObject({ outcomes: ['0 delivered', '1 delivered'], calls: 1 });
  });

  test('that is not known any more is made again', async () => {
    const { port } = await drained([], [handed('ab', 0, 4)]);

    expect(port.messages).toEqual([['a', 'b']]);
  });
});

test('nothing to do is done at once', async () => {
  expect(await drained([], [])).toMatchObject({ outcomes: [], calls: 0 });
});
