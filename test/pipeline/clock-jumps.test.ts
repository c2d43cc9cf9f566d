import { withEdges } from '../../runtime/edges.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import { DAY_MS, HOUR_MS, NOW_MS, TARGET } from '../support/events.js';
import { errorNamed, FakePort, type Reply } from '../support/fake-port.js';
import { ManualClock, promisesRun } from '../support/manual-clock.js';

const FAILURE = errorNamed('InternalFailure');
const LINGER_MS = 1_000;

function bench(replies: Reply[], options: object = {}) {
  const clock = new ManualClock(NOW_MS);
  const port = new FakePort({ putLogEvents: replies });
  const said: string[] = [];
  const sink = new CloudWatchSink(
    withEdges(
      {
        ...TARGET,
        region: 'us-east-1',
        gzip: false,
        batchTimeoutSeconds: LINGER_MS / 1_000,
        env: {},
        onDiagnostic: ({ code }) => said.push(code),
        ...options,
      },
      // The longest of each pause.
      { port, clock, random: () => 1, writeStderr: () => true },
    ),
  );
  const advance = async (ms: number): Promise<void> => {
    clock.advance(ms);
    for (let turns = 0; turns < 3; turns++) await promisesRun();
  };
  const log = (): void => sink.write({ timeMs: clock.now(), level: 'info', message: 'hi', fields: [] });
  const advanceBySeconds = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) await advance(1_000);
  };
  return { clock, port, said, sink, advance, advanceBySeconds, log };
}

describe.each([
  ['back by 400 days', -400 * DAY_MS],
  ['back by three hours', -3 * HOUR_MS],
  ['forward by three hours', 3 * HOUR_MS],
  ['forward by 400 days', 400 * DAY_MS],
])('a clock that jumps %s', (_, byMs) => {
  test('overtakes no event that waits in the batch', async () => {
    const { clock, said, sink, advance, log } = bench([]);
    log();
    clock.set(byMs);
    await advance(LINGER_MS);
    expect(sink.stats()).toMatchObject({ delivered: 1, pending: 0 });
    expect(said).toEqual(['clockJump']);
  });

  test('overtakes none that backs off, and the pause is as long as before', async () => {
    const { clock, said, sink, advance, log } = bench([FAILURE], { maxBatchAgeSeconds: 60 });
    log();
    await advance(LINGER_MS);
    clock.set(byMs);
    await advance(499);
    expect(sink.stats()).toMatchObject({ delivered: 0, pending: 1 });
    await advance(1);
    expect(sink.stats()).toMatchObject({ delivered: 1, pending: 0 });
    expect(said).toEqual(['failed.InternalFailure', 'clockJump']);
  });

  test('makes no batch older, and none younger', async () => {
    const failures = Array.from({ length: 100 }, () => FAILURE);
    const { clock, sink, advance, advanceBySeconds, log } = bench(failures, {
      maxBatchAgeSeconds: 60,
      retryBaseDelay: 0.1,
      circuitBreakerEnabled: false,
    });
    log();
    await advance(LINGER_MS);
    clock.set(byMs);
    await advanceBySeconds(59);
    expect(sink.stats()).toMatchObject({ pending: 1 });
    await advanceBySeconds(4);
    expect(sink.stats()).toMatchObject({ pending: 0, diverted: { byReason: { maxBatchAge: 1 } } });
  });

  test('changes neither the health nor the age of what waits', async () => {
    const { clock, sink, advance, advanceBySeconds, log } = bench(['ok', FAILURE, FAILURE]);
    log();
    await advance(LINGER_MS);
    expect(sink.health().state).toBe('healthy');
    clock.set(byMs);
    log();
    await advance(LINGER_MS);
    await advance(50);
    expect(sink.health()).toMatchObject({ state: 'degraded', oldestPendingAgeMs: 50 });
    await advanceBySeconds(10);
    expect(sink.health()).toMatchObject({ state: 'healthy', lastSuccessMs: expect.any(Number) });
  });

  test('keeps nobody waiting for the circuit breaker', async () => {
    const failures = Array.from({ length: 5 }, () => FAILURE);
    const { clock, sink, advance, advanceBySeconds, log } = bench(failures, {
      circuitBreakerThreshold: 1,
      retryBaseDelay: 0.1,
    });
    log();
    await advance(LINGER_MS);
    expect(sink.stats().circuitBreaker).toBe('open');
    clock.set(byMs);
    await advanceBySeconds(31);
    expect(sink.stats()).toMatchObject({ circuitBreaker: 'closed', delivered: 1 });
  });

  test('changes no deadline', async () => {
    const { clock, sink, advance, log } = bench(['hang']);
    log();
    let isOver = false;
    void sink.flush({ deadlineMs: 5_000 }).then(() => (isOver = true));
    clock.set(byMs);
    await advance(4_999);
    expect(isOver).toBe(false);
    await advance(1);
    expect(isOver).toBe(true);
  });
});
