import type { StartLiveTailResponseStream } from '@aws-sdk/client-cloudwatch-logs';
import { LiveTail, liveRequest } from '../../../cli/tail/live-tail.js';
import type { TailedEvent } from '../../../cli/tail/tailed-event.js';
import { GROUP, NOW_MS, start, stopAll, TARGET, until } from '../../local/harness.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

afterEach(stopAll);

const ALL = { names: undefined, prefix: undefined };
const group = { name: '/a', arn: 'arn:aws:logs:us-east-1:123456789012:log-group:/a' };

describe('what is asked for', () => {
  test('ARNs, streams and the pattern', () => {
    expect(liveRequest([group], ALL, undefined)).toEqual({ logGroupIdentifiers: [group.arn] });
    expect(liveRequest([group], { names: ['s'], prefix: undefined }, 'x')).toEqual({
      logGroupIdentifiers: [group.arn],
      logStreamNames: ['s'],
      logEventFilterPattern: 'x',
    });
    expect(liveRequest([group], { names: undefined, prefix: 's' }, undefined)).toEqual({
      logGroupIdentifiers: [group.arn],
      logStreamNamePrefixes: ['s'],
    });
  });

  test.each([
    [Array.from({ length: 11 }, () => group), ALL, '--live shows up to 10 log groups, not 11.'],
    [[group, group], { names: ['s'], prefix: undefined }, '--live with --stream takes one log group.'],
    [[{ name: '/a', arn: undefined }], ALL, '--live needs the ARN of /a, and you may not list log groups.'],
  ])('%#: what no session takes', (groups, streams, message) => {
    expect(() => liveRequest(groups, streams, undefined)).toThrow(message);
  });

  test('ten log groups are taken', () => {
    const ten = Array.from({ length: 10 }, () => group);

    expect(liveRequest(ten, ALL, undefined).logGroupIdentifiers).toHaveLength(10);
  });
});

function update(messages: readonly string[], sampled = false): StartLiveTailResponseStream {
  const sessionResults = messages.map((message) => ({
    logGroupIdentifier: '123456789012:/a',
    logStreamName: 's',
    timestamp: 1,
    message,
  }));
  return { sessionUpdate: { sessionMetadata: { sampled }, sessionResults } };
}

/** Runs through sessions, each of updates and then an error or its end, until none is left. */
async function through(...sessions: readonly (readonly (StartLiveTailResponseStream | Error)[])[]): Promise<{
  shown: readonly TailedEvent[];
  notices: readonly string[];
  delays: readonly number[];
  error?: unknown;
}> {
  const clock = new ManualClock();
  const controller = new AbortController();
  const [shown, notices]: [TailedEvent[], string[]] = [[], []];
  let opened = 0;
  const open = async () => {
    const session = sessions[opened++];
    if (session === undefined) controller.abort('SIGINT');
    return (async function* () {
      for (const each of session ?? []) {
        if (each instanceof Error) throw each;
        yield each;
      }
    })();
  };
  const tail = new LiveTail({
    request: { logGroupIdentifiers: [group.arn] },
    open,
    clock,
    signal: controller.signal,
    notice: (line) => notices.push(line),
    show: async (events) => void shown.push(...events),
  });
  const running = tail.run().then(
    () => undefined,
    (error: unknown) => error,
  );
  while (!controller.signal.aborted && opened <= sessions.length) {
    await promisesRun();
    if (clock.waiting.length === 0 && (await settled(running))) break;
    clock.advance(30_000);
  }
  return { shown, notices, delays: clock.delays, error: await running };
}

async function settled(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([promise.then(() => true), promisesRun().then(() => false)]);
}

function named(name: string, members: object = {}): Error {
  return Object.assign(new Error(`text of ${name}`), { name }, members);
}

test('after three hours another session follows at once, and the gap is said', async () => {
  const { shown, notices, delays } = await through(
    [update(['one']), named('SessionTimeoutException')],
    [update(['two'])],
  );

  expect(shown.map(({ message, logGroup }) => [logGroup, message])).toEqual([
    ['/a', 'one'],
    ['/a', 'two'],
  ]);
  expect(notices).toEqual([
    'Live Tail ends a session after three hours; a new one begins. Events in between are not shown.',
    'Live Tail ended the session; a new one begins. Events in between are not shown.',
  ]);
  expect(delays).toEqual([1_000]);
});

test('a broken connection is followed by another session, later each time until one sends something', async () => {
  const broken = named('Error', { code: 'ECONNRESET' });

  const { notices, delays } = await through([broken], [broken], [update([]), broken], []);

  expect(notices[0]).toBe(
    'Live Tail: ECONNRESET: text of Error; a new session in 1 s. Events until then are not shown.',
  );
  expect(delays).toEqual([1_000, 2_000, 1_000, 2_000]);
});

test('what another session does not mend ends it', async () => {
  const denied = named('AccessDeniedException', { $metadata: { httpStatusCode: 400 } });

  expect((await through([denied])).error).toBe(denied);
});

test('events that the service leaves out are said at once, and then with their number', async () => {
  const sampled = update(['x'], true);

  const { notices } = await through([sampled, sampled, sampled, sampled], [update(['y'])], [update(['z'])]);

  expect(notices.filter((line) => line.includes('left out'))).toEqual([
    'Live Tail left out events in a second: it sends 500 a second at most. Narrow it by --filter or --stream.',
    'Live Tail left out events in 3 seconds: it sends 500 a second at most. Narrow it by --filter or --stream.',
  ]);
});

test('the real client shows what a server sends, under the name of the log group', async () => {
  const { client } = await start({ clock: () => NOW_MS });
  const controller = new AbortController();
  const shown: TailedEvent[] = [];
  const notices: string[] = [];
  const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}`;
  const tail = new LiveTail({
    request: liveRequest([{ name: GROUP, arn }], ALL, 'hello'),
    async open(request) {
      const { responseStream } = await client.startLiveTail(request, { abortSignal: controller.signal });
      await client.putLogEvents({
        ...TARGET,
        logEvents: [
          { timestamp: NOW_MS, message: 'hello' },
          { timestamp: NOW_MS, message: 'other' },
        ],
      });
      return responseStream!;
    },
    clock: new ManualClock(),
    signal: controller.signal,
    notice: (line) => notices.push(line),
    show: async (events) => void shown.push(...events),
  });

  const running = tail.run();
  await until(() => shown.length > 0);
  controller.abort('SIGINT');
  await running;

  expect(shown).toEqual([
    {
      logGroup: GROUP,
      logStream: TARGET.logStreamName,
      timestamp: NOW_MS,
      ingestionTime: NOW_MS,
      message: 'hello',
    },
  ]);
  expect(notices).toEqual([]);
});
