import { HeldCredentials, type Credentials } from '../../../runtime/send/held-credentials.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A source whose answers a test scripts; the last one is repeated. Both clocks go on together. */
class Bench {
  asked = 0;
  answers: (Credentials | Error | 'silence')[] = [];
  readonly held: HeldCredentials;
  #nowMs = 0;

  constructor(...answers: (Credentials | Error | 'silence')[]) {
    this.answers = answers;
    jest.useFakeTimers({ now: 0, doNotFake: ['performance'] });
    this.held = new HeldCredentials(
      () => this.#answer(),
      MINUTE,
      () => this.#nowMs,
    );
  }

  pass(ms: number): void {
    this.#nowMs += ms;
    jest.setSystemTime(Date.now() + ms);
  }

  /** Whose credentials sign a call now, or why there are none. */
  async signer(): Promise<string> {
    try {
      return (await this.held.provide()).accessKeyId;
    } catch (error) {
      return String(error);
    }
  }

  /** Calls that the service refuses, at an interval. */
  async refused(calls: number, everyMs: number): Promise<void> {
    for (let call = 0; call < calls; call++) {
      this.held.refused(await this.signer());
      this.pass(everyMs);
    }
  }

  #answer(): Promise<Credentials> {
    const answer = this.answers[Math.min(this.asked++, this.answers.length - 1)]!;
    if (answer === 'silence') return new Promise(() => undefined);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }
}

const key = (accessKeyId: string, lifeMs?: number): Credentials => ({
  accessKeyId,
  secretAccessKey: 'secret',
  ...(lifeMs === undefined ? {} : { expiration: new Date(lifeMs) }),
});

const DOWN = new Error('down');

afterEach(() => jest.useRealTimers());

test('the SDK asks with every call, and the source is asked once', async () => {
  const bench = new Bench(key('A'));
  const { expiration } = await bench.held.provide();
  bench.pass(24 * 60 * MINUTE);

  expect(expiration).toEqual(new Date(0));
  expect(await bench.signer()).toBe('A');
  expect(bench.asked).toBe(1);
});

test('calls that come together share one answer', async () => {
  const bench = new Bench(key('A'));

  expect(await Promise.all([bench.signer(), bench.signer(), bench.signer()])).toEqual(['A', 'A', 'A']);
  expect(bench.asked).toBe(1);
});

test.each([
  ['an hour', 60 * MINUTE, 55 * MINUTE],
  ['fifteen minutes', 15 * MINUTE, 10 * MINUTE],
  ['ten minutes', 10 * MINUTE, 5 * MINUTE],
  ['two minutes', 2 * MINUTE, MINUTE],
  ['a second', SECOND, SECOND / 2],
])('credentials for %s are renewed in time, behind the calls', async (_, lifeMs, renewedMs) => {
  const bench = new Bench(key('A', lifeMs), key('B'));
  await bench.signer();
  bench.pass(renewedMs - 1);
  expect([await bench.signer(), bench.asked]).toEqual(['A', 1]);
  bench.pass(1);
  expect([await bench.signer(), bench.asked]).toEqual(['A', 2]);
  expect(await bench.signer()).toBe('B');
});

test('credentials that have expired are not used, even if nobody asked for them in time', async () => {
  const bench = new Bench(key('A', MINUTE), key('B'));
  await bench.signer();
  bench.pass(MINUTE);

  expect(await bench.signer()).toBe('B');
});

test('credentials that expire before they arrive are for the service to judge, and no reason to ask with each call', async () => {
  const bench = new Bench(key('A', -1), key('B', -1));
  for (let call = 0; call < 59; call++, bench.pass(SECOND)) expect(await bench.signer()).toBe('A');
  expect(bench.asked).toBe(1);
  bench.pass(SECOND);
  await bench.signer();

  expect(await bench.signer()).toBe('B');
});

test('a source that fails costs nothing while the credentials are good, and is not asked with each call', async () => {
  const bench = new Bench(key('A', 10 * MINUTE), DOWN);
  await bench.signer();
  bench.pass(5 * MINUTE);
  for (let call = 0; call < 200; call++, bench.pass(SECOND)) {
    expect(await bench.signer()).toBe('A');
    bench.held.accepted();
  }
  expect(bench.asked).toBeGreaterThan(10);
  expect(bench.asked).toBeLessThan(35);
  bench.pass(100 * SECOND);

  expect(await bench.signer()).toBe('Error: down');
});

test('refused credentials are asked for at once, then after pauses that grow, as long as the service takes nothing', async () => {
  const bench = new Bench(key('A'));
  await bench.refused(300, 100);
  // At 0, and 0, 1, 3, 7, 15 and 23 seconds after the first refusal.
  expect(bench.asked).toBe(7);
});

test('a call that the service takes ends the pauses', async () => {
  const bench = new Bench(key('A'));
  await bench.refused(100, 100);
  const { asked } = bench;
  await bench.signer();
  bench.held.accepted();
  bench.held.refused('A');
  await bench.signer();

  expect(bench.asked).toBe(asked + 1);
});

test('the refusal of credentials that were replaced meanwhile says nothing of the new ones', async () => {
  const bench = new Bench(key('A'), key('B'), key('C'));
  await bench.signer();
  bench.held.refused('A');
  await bench.signer();
  bench.held.accepted();
  bench.held.refused('A');

  expect(await bench.signer()).toBe('B');
  expect(bench.asked).toBe(2);
});

test('without credentials, the calls of a pause fail as the last attempt did', async () => {
  const bench = new Bench(DOWN, DOWN, DOWN, key('A'));
  for (let call = 0; call < 9; call++, bench.pass(100)) expect(await bench.signer()).toBe('Error: down');
  expect(bench.asked).toBe(2);
  bench.pass(3 * SECOND);
  expect(await bench.signer()).toBe('Error: down');
  bench.pass(3 * SECOND);

  expect(await bench.signer()).toBe('A');
});

test('refused credentials are not used again when their source fails', async () => {
  const bench = new Bench(key('A'), DOWN);
  await bench.refused(1, 0);

  expect(await bench.signer()).toBe('Error: down');
});

test('a source that does not answer is asked again after a while', async () => {
  const bench = new Bench('silence', key('A'));
  void bench.signer();
  bench.pass(MINUTE - 1);
  void bench.signer();
  expect(bench.asked).toBe(1);
  bench.pass(1);

  expect(await bench.signer()).toBe('A');
});

test('a source that never answers is asked ever more rarely, since each attempt may leave a process behind', async () => {
  const bench = new Bench('silence');
  for (let minute = 0; minute < 8 * 60; minute++, bench.pass(MINUTE)) void bench.signer();
  // After 1, 3, 7, 15, 31 and 63 minutes, then each 64.
  expect(bench.asked).toBe(7 + 6);
});

test('answers that came do not make one that is out be awaited longer', async () => {
  const bench = new Bench(key('A'), key('A'), key('A'), 'silence', key('B'));
  await bench.refused(3, MINUTE);
  void bench.signer();
  bench.pass(MINUTE);

  expect(await bench.signer()).toBe('B');
});
