import { timedPort } from '../../../runtime/send/timed-port.js';
import type { LogsPort } from '../../../runtime/send/port.js';
import { errorNamed, FakePort, OK } from '../../support/fake-port.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';
import { TARGET } from '../../support/events.js';

const TIMEOUT_MS = 15_000;
const BODY = { bytes: Buffer.from('{}'), encoding: 'identity' } as const;

/** The four calls, each on a port. */
const CALLS: [keyof LogsPort, (port: LogsPort, signal: AbortSignal) => Promise<unknown>][] = [
  ['putLogEvents', (port, signal) => port.putLogEvents(TARGET, BODY, signal)],
  ['createLogStream', (port, signal) => port.createLogStream(TARGET, signal)],
  ['createLogGroup', (port, signal) => port.createLogGroup(TARGET, signal)],
  ['putRetentionPolicy', (port, signal) => port.putRetentionPolicy(TARGET, 14, signal)],
];

function bench(port: FakePort) {
  const clock = new ManualClock();
  return { clock, port, timed: timedPort(port, clock, TIMEOUT_MS) };
}

/** What becomes of a call, as text, and as long as nothing has: pending. */
function fateOf(call: Promise<unknown>): { now: string } {
  const fate = { now: 'pending' };
  call.then(
    () => (fate.now = 'ok'),
    (error: unknown) => (fate.now = (error as Error).name),
  );
  return fate;
}

describe.each(CALLS)('%s', (operation, call) => {
  const scripted = (reply: 'ok' | 'hang' | Error): FakePort => new FakePort({ [operation]: [reply] });

  test('an answer in time leaves nothing behind', async () => {
    const { clock, timed, port } = bench(scripted('ok'));
    const outer = new AbortController();
    await call(timed, outer.signal);
    expect([clock.delays.length, clock.waiting, clock.holdsProcess]).toEqual([1, [], false]);
    expect(port.calls).toEqual([operation === 'putRetentionPolicy' ? 'putRetentionPolicy 14' : operation]);
  });

  test('an error in time is the error, and leaves nothing behind', async () => {
    const { clock, timed } = bench(scripted(errorNamed('AccessDeniedException')));
    await expect(call(timed, new AbortController().signal)).rejects.toThrow('this is AccessDeniedException');
    expect(clock.waiting).toEqual([]);
  });

  test.each([
    [TIMEOUT_MS - 1, 'pending'],
    [TIMEOUT_MS, 'RequestTimeout'],
    [TIMEOUT_MS + 1, 'RequestTimeout'],
  ])('after %d ms without an answer: %s', async (waitedMs, expected) => {
    const { clock, timed } = bench(scripted('hang'));
    const fate = fateOf(call(timed, new AbortController().signal));
    clock.advance(waitedMs);
    await promisesRun();
    expect(fate.now).toBe(expected);
  });

  test('the call that timed out is really aborted, and its error says how long was waited', async () => {
    const { clock, timed, port } = bench(new FakePort());
    let inner: AbortSignal | undefined;
    const method = jest.spyOn(port, operation).mockImplementation(((...given: unknown[]) => {
      inner = given.at(-1) as AbortSignal;
      return new Promise(() => undefined);
    }) as never);
    const outer = new AbortController();
    const made = call(timed, outer.signal);
    expect(inner?.aborted).toBe(false);
    clock.advance(TIMEOUT_MS);
    await expect(made).rejects.toThrow('no answer within 15000 ms');
    expect([inner?.aborted, outer.signal.aborted, method.mock.calls.length]).toEqual([true, false, 1]);
  });

  test('an abort from outside ends it, also if nobody listens', async () => {
    const { clock, timed, port } = bench(new FakePort());
    jest.spyOn(port, operation).mockReturnValue(new Promise(() => undefined) as never);
    const outer = new AbortController();
    const fate = fateOf(call(timed, outer.signal));
    outer.abort(errorNamed('Stopped'));
    await promisesRun();
    expect([fate.now, clock.waiting]).toEqual(['Stopped', []]);
  });

  test('one that was aborted before is not made', async () => {
    const { clock, timed, port } = bench(new FakePort());
    await expect(call(timed, AbortSignal.abort(errorNamed('Stopped')))).rejects.toThrow('this is Stopped');
    expect([port.calls, clock.delays]).toEqual([[], []]);
  });

  test('an answer that comes too late, good or bad, reaches nobody', async () => {
    const { clock, timed, port } = bench(new FakePort());
    const late: { resolve?: (answer: unknown) => void; reject?: (error: Error) => void }[] = [];
    jest
      .spyOn(port, operation)
      .mockImplementation((() => new Promise((resolve, reject) => late.push({ resolve, reject }))) as never);
    const fates = [1, 2].map(() => fateOf(call(timed, new AbortController().signal)));
    clock.advance(TIMEOUT_MS);
    await promisesRun();
    late[0]?.resolve?.(OK);
    late[1]?.reject?.(errorNamed('InternalFailure'));
    await promisesRun();
    expect(fates.map(({ now }) => now)).toEqual(['RequestTimeout', 'RequestTimeout']);
  });
});

test('calls at the same time have a time-out each', async () => {
  const { clock, timed } = bench(new FakePort({ putLogEvents: ['hang', 'hang'] }));
  const { signal } = new AbortController();
  const first = fateOf(timed.putLogEvents(TARGET, BODY, signal));
  clock.advance(10_000);
  const second = fateOf(timed.putLogEvents(TARGET, BODY, signal));
  clock.advance(5_000);
  await promisesRun();
  expect([first.now, second.now]).toEqual(['RequestTimeout', 'pending']);
});

test('closing closes the port', () => {
  const { timed, port } = bench(new FakePort());
  timed.close();
  expect(port.closes).toBe(1);
});
