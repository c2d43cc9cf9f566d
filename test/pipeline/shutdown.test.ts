import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { isBalanced } from '../../runtime/ack/ledger.js';
import { getLogger } from '../../runtime/logger/get-logger.js';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import { DeliveryStage, pause, until } from '../support/delivery-stage.js';
import { folderWith } from '../support/folder.js';
import { root } from '../support/imports.js';

let stage: DeliveryStage | undefined;

afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

async function open(...[options]: Parameters<typeof DeliveryStage.open>): Promise<DeliveryStage> {
  stage = await DeliveryStage.open(options);
  return stage;
}

function log(count: number): void {
  for (let each = 0; each < count; each++) stage!.log();
}

function expectAccount(report: DeliveryReport, parts: Partial<DeliveryReport>): void {
  expect(isBalanced(report)).toBe(true);
  expect(report).toMatchObject({ pending: 0, delivered: 0, ...parts });
}

const none = { total: 0, byReason: {} };
/** Nothing leaves by itself: what leaves was asked for. */
const unhurried = { sink: { batchSize: 10_000, batchTimeoutSeconds: 60 } };

describe('flush', () => {
  it('waits for what waits, and leaves what is logged afterwards alone', async () => {
    const { sink, service } = await open(unhurried);
    log(10);
    const flushing = sink.flush();
    log(5);
    expect(await flushing).toMatchObject({ accepted: 15, delivered: 10, pending: 5 });
    expect(service.calls.filter(({ operation }) => operation === 'PutLogEvents')).toHaveLength(1);
    expectAccount(await sink.close(), { accepted: 15, delivered: 15 });
  });

  it('waits for what is in flight already', async () => {
    const { sink } = await open({ sink: { batchSize: 10 } });
    stage!.inject({ kind: 'delay', delayMs: 100 });
    log(10);
    await until(() => stage!.puts.length === 1);
    expect(sink.stats()).toMatchObject({ delivered: 0, pending: 10 });
    expect(await sink.flush()).toMatchObject({ delivered: 10, pending: 0 });
  });

  it('twice at once: both wait, one call is made', async () => {
    const { sink } = await open(unhurried);
    stage!.inject({ kind: 'delay', delayMs: 50 });
    log(10);
    const reports = await Promise.all([sink.flush(), sink.flush()]);
    expect(reports.map(({ delivered }) => delivered)).toEqual([10, 10]);
    expect(stage!.puts).toHaveLength(1);
  });

  it('with nothing to do ends at once', async () => {
    const { sink } = await open(unhurried);
    expectAccount(await sink.flush(), { accepted: 0 });
    expect(stage!.puts).toHaveLength(0);
  });

  describe('that diverts what is left', () => {
    const divert = { deadlineMs: 100, leftover: 'divert' } as const;

    it('diverts it in one report, calls under way and batches that wait alike, and goes on', async () => {
      const { sink, stderr, diagnostics } = await open({
        sink: { batchSize: 10, batchTimeoutSeconds: 60, maxConcurrency: 1 },
      });
      stage!.inject({ kind: 'hang', times: Infinity });
      log(35);
      expect(await sink.flush(divert)).toMatchObject({
        pending: 0,
        delivered: 0,
        diverted: { total: 35, byReason: { flushDeadline: 35 } },
      });
      expect(stderr.filter((text) => text.startsWith('fapilog'))).toEqual([
        expect.stringMatching(
          /^fapilog-cloudwatch: 35 log events were diverted .*\[diverted.flushDeadline\]\n$/,
        ),
      ]);
      expect(diagnostics.map(({ code }) => code)).toEqual(['diverted.flushDeadline']);
      stage!.clearFaults();
      log(5);
      expect(await sink.flush(divert)).toMatchObject({ pending: 0, delivered: 5 });
      const { lost, duplicates, diverted } = await stage!.settle();
      expect([lost, duplicates, diverted.length]).toEqual([0, 0, 35]);
    });

    it('keeps what is logged after it', async () => {
      const { sink } = await open(unhurried);
      stage!.inject({ kind: 'hang', times: Infinity });
      log(3);
      const flushing = sink.flush(divert);
      log(2);
      expect(await flushing).toMatchObject({ pending: 2, diverted: { total: 3 } });
      stage!.clearFaults();
      expectAccount(await sink.close(), { accepted: 5, delivered: 2 });
    });

    it('does not count the calls that it ends against the service', async () => {
      const { sink } = await open({ sink: { ...unhurried.sink, circuitBreakerThreshold: 2 } });
      stage!.inject({ kind: 'hang', times: Infinity });
      for (let each = 0; each < 5; each++) {
        log(1);
        await sink.flush({ deadlineMs: 20, leftover: 'divert' });
      }
      expect(sink.stats()).toMatchObject({ circuitBreaker: 'closed', diverted: { total: 5 } });
    });

    it('does not wait while the circuit breaker pauses', async () => {
      const { sink, proxy } = await open({
        sink: { ...unhurried.sink, circuitBreakerThreshold: 2 },
        proxied: true,
      });
      await proxy!.refuse();
      log(1);
      void sink.flush();
      await until(() => sink.stats().circuitBreaker === 'open');
      log(4);
      const startedMs = Date.now();
      const account = await sink.flush({ deadlineMs: 60_000, leftover: 'divert' });
      expect(account).toMatchObject({ pending: 0, diverted: { byReason: { flushDeadline: 5 } } });
      expect(Date.now() - startedMs).toBeLessThan(30_000);
      await proxy!.accept();
      log(1);
      expect(await sink.flush()).toMatchObject({ delivered: 1 });
    });

    it('leaves it in the spool, if there is one', async () => {
      const directory = folderWith({});
      const { sink, stderr } = await open({ sink: { ...unhurried.sink, spoolDir: directory } });
      stage!.inject({ kind: 'hang', times: Infinity });
      log(10);
      expect(await sink.flush(divert)).toMatchObject({ pending: 0, diverted: none, spooled: 10 });
      expect(stderr.join('')).toContain('[spooled.flushDeadline]');
      stage!.clearFaults();
      await until(() => sink.stats().delivered === 10);
      expectAccount(await sink.close(), { accepted: 10, delivered: 10 });
    });
  });

  it('ends at its deadline during an outage, and the events go on waiting', async () => {
    const { sink, proxy } = await open({ ...unhurried, proxied: true });
    await proxy!.refuse();
    log(10);
    const startedMs = Date.now();
    expect(await sink.flush({ deadlineMs: 100 })).toMatchObject({ delivered: 0, pending: 10 });
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(99);
    expect(Date.now() - startedMs).toBeLessThan(1_000);
    await proxy!.accept();
    expect(await sink.flush()).toMatchObject({ delivered: 10, pending: 0 });
  });

  it('without a deadline waits for the end of an outage', async () => {
    const { sink, proxy } = await open({ ...unhurried, proxied: true });
    await proxy!.refuse();
    log(10);
    const flushing = sink.flush();
    await pause(100);
    expect(sink.stats().pending).toBe(10);
    await proxy!.accept();
    expect(await flushing).toMatchObject({ delivered: 10, pending: 0 });
  });

  it('after close gives the account', async () => {
    const { sink } = await open(unhurried);
    log(10);
    await sink.close();
    expectAccount(await sink.flush(), { accepted: 10, delivered: 10 });
    expect(await stage!.stored()).toHaveLength(10);
  });
});

describe('close', () => {
  it('delivers what waits and what is in flight', async () => {
    const { sink } = await open({ sink: { batchSize: 10, batchTimeoutSeconds: 60 } });
    stage!.inject({ kind: 'delay', delayMs: 100 });
    log(10);
    await until(() => stage!.puts.length === 1);
    log(5);
    expectAccount(await sink.close(), { accepted: 15, delivered: 15 });
    expect((await stage!.findings()).lost).toBe(0);
  });

  it('is what a look at its health says from then on, without a call', async () => {
    const { sink } = await open(unhurried);
    log(10);
    expect(sink.health()).toMatchObject({ state: 'healthy', lastSuccessMs: undefined });
    const closing = sink.close();
    expect(sink.health().state).toBe('closed');
    await closing;
    expect(sink.health()).toMatchObject({ state: 'closed', oldestPendingAgeMs: 0 });
    expect(stage!.puts).toHaveLength(1);
  });

  it('twice, at once and later, is the same close', async () => {
    const { sink } = await open(unhurried);
    stage!.inject({ kind: 'delay', delayMs: 50 });
    log(10);
    const first = sink.close();
    expect(sink.close({ deadlineMs: 0 })).toBe(first);
    expectAccount(await first, { accepted: 10, delivered: 10 });
    expect(await sink.close()).toBe(await first);
    expect(stage!.puts).toHaveLength(1);
  });

  it('together with a flush: both wait', async () => {
    const { sink } = await open(unhurried);
    stage!.inject({ kind: 'delay', delayMs: 50 });
    log(10);
    const reports = await Promise.all([sink.flush(), sink.close(), sink.flush()]);
    expect(reports.map(({ delivered, pending }) => [delivered, pending])).toEqual([
      [10, 0],
      [10, 0],
      [10, 0],
    ]);
    expect(stage!.puts).toHaveLength(1);
  });

  it('during a short outage delivers everything once the service is back', async () => {
    const { sink, proxy } = await open({ ...unhurried, proxied: true });
    await proxy!.refuse();
    log(10);
    const closing = sink.close({ deadlineMs: 10_000 });
    await pause(200);
    await proxy!.accept();
    expectAccount(await closing, { accepted: 10, delivered: 10 });
    expect((await stage!.findings()).lines).toHaveLength(10);
  });

  it('ends the pause of the circuit breaker: somebody waits', async () => {
    const { sink, proxy } = await open({ ...unhurried, proxied: true });
    await proxy!.refuse();
    log(10);
    void sink.flush();
    await until(() => sink.stats().circuitBreaker === 'open');
    await proxy!.accept();
    const startedMs = Date.now();
    expectAccount(await sink.close(), { accepted: 10, delivered: 10 });
    expect(Date.now() - startedMs).toBeLessThan(500);
  });

  it.each([0, 150])('ends at its deadline of %i ms with the exact account', async (deadlineMs) => {
    const { sink, proxy } = await open({ proxied: true, sink: { batchSize: 10, batchTimeoutSeconds: 60 } });
    log(10);
    await sink.flush();
    await proxy!.refuse();
    log(25);
    const startedMs = Date.now();
    const report = await sink.close({ deadlineMs });
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(deadlineMs - 1);
    expect(Date.now() - startedMs).toBeLessThan(deadlineMs + 500);
    expectAccount(report, {
      accepted: 35,
      delivered: 10,
      diverted: { total: 25, byReason: { deadline: 25 } },
      dropped: none,
      rejected: none,
    });
    const ids = stage!.divertedLines().map(({ message }) => (JSON.parse(message) as { id: number }).id);
    expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, index) => index + 10));
  });

  it('without a deadline of its own has the one of the settings', async () => {
    const { sink, proxy } = await open({
      proxied: true,
      sink: { ...unhurried.sink, shutdownDeadlineSeconds: 0.3 },
    });
    await proxy!.refuse();
    log(10);
    const startedMs = Date.now();
    expectAccount(await sink.close(), { accepted: 10, diverted: { total: 10, byReason: { deadline: 10 } } });
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(299);
    expect(Date.now() - startedMs).toBeLessThan(5_000);
  });

  it('does not wait for a call that hangs, and settles its events', async () => {
    const { sink } = await open({ sink: { batchSize: 10 } });
    stage!.inject({ kind: 'hang' });
    log(10);
    await until(() => stage!.puts.length === 1);
    expectAccount(await sink.close({ deadlineMs: 100 }), {
      accepted: 10,
      diverted: { total: 10, byReason: { deadline: 10 } },
    });
    expect(stage!.divertedLines().every(({ diverted }) => diverted === 'deadline')).toBe(true);
  });

  it('tells flushes that wait', async () => {
    const { sink, proxy } = await open({ ...unhurried, proxied: true });
    await proxy!.refuse();
    log(10);
    const flushing = sink.flush();
    await sink.close({ deadlineMs: 50 });
    expectAccount(await flushing, { accepted: 10, diverted: { total: 10, byReason: { deadline: 10 } } });
    expect(stage!.divertedLines()).toHaveLength(10);
  });

  it('counts events as lost if stderr is gone too', async () => {
    const { sink, proxy, stderr } = await open({ ...unhurried, proxied: true });
    stderr.push = () => 0;
    await proxy!.refuse();
    log(10);
    expectAccount(await sink.close({ deadlineMs: 50 }), {
      accepted: 10,
      diverted: none,
      dropped: { total: 10, byReason: { stderrUnavailable: 10 } },
    });
    expect(stage!.divertedLines()).toEqual([]);
  });

  it('refuses and counts what is logged afterwards, also while it closes', async () => {
    const { sink } = await open(unhurried);
    stage!.inject({ kind: 'delay', delayMs: 50 });
    log(10);
    const closing = sink.close();
    log(2);
    expectAccount(await closing, {
      accepted: 12,
      delivered: 10,
      dropped: { total: 2, byReason: { closed: 2 } },
    });
    log(1);
    expectAccount(sink.stats(), {
      accepted: 13,
      delivered: 10,
      dropped: { total: 3, byReason: { closed: 3 } },
    });
    const said = stage!.diagnostics.map(({ code, occurrences }) => [code, occurrences]);
    expect(said).toEqual([
      ['dropped.closed', 1],
      ['dropped.closed', 1],
      ['dropped.closed', 2],
    ]);
  });

  it('of two sinks in one process waits for both, whatever becomes of one', async () => {
    const good = await open(unhurried);
    const bad = await DeliveryStage.open({ ...unhurried, proxied: true });
    await bad.proxy!.refuse();
    const logger = getLogger({ sinks: [good.sink, bad.sink] });
    for (let id = 0; id < 10; id++) logger.info('order placed', { id });
    const total = await logger.close({ deadlineMs: 100 });
    expect(isBalanced(total)).toBe(true);
    expect(total).toMatchObject({ accepted: 20, delivered: 10, pending: 0 });
    expectAccount(good.sink.stats(), { accepted: 10, delivered: 10 });
    expectAccount(bad.sink.stats(), { accepted: 10, diverted: { total: 10, byReason: { deadline: 10 } } });
    expect(await good.stored()).toHaveLength(10);
    await bad.close();
  });

  it('leaves nothing that keeps the process or listens to it', async () => {
    const before = ['exit', 'beforeExit'].map((event) => process.listenerCount(event));
    const { sink } = await open(unhurried);
    log(10);
    await sink.close();
    expect(['exit', 'beforeExit'].map((event) => process.listenerCount(event))).toEqual(before);
  });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the folder `programs`, which uses the built package: `npm run build` comes first. */
function run(program: string, serviceUrl: string): Promise<Ended> {
  return new Promise((resolve) => {
    const path = join(root, 'test/pipeline/programs', program);
    const env = { ...process.env, SERVICE_URL: serviceUrl };
    execFile(
      process.execPath,
      [path],
      { env, timeout: 30_000, maxBuffer: 64 * 1_048_576 },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
      },
    );
  });
}

const all = Array.from({ length: 1_000 }, (_, id) => id);

async function idsIn(logStreamName: string): Promise<unknown[]> {
  const { events = [] } = await stage!.client.getLogEvents({
    logGroupName: '/myapp/production',
    logStreamName,
    startFromHead: true,
  });
  return events.map(({ message = '' }) => (JSON.parse(message) as { id: number }).id);
}

function divertedIn(stderr: string): { diverted: string; id: number }[] {
  const lines = stderr.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => {
    const { diverted, logGroupName, logStreamName, message } = JSON.parse(line) as Record<string, string>;
    expect([logGroupName, logStreamName]).toEqual(['/myapp/production', 'api-server']);
    return { diverted: diverted!, id: (JSON.parse(message!) as { id: number }).id };
  });
}

/** Where events are after each way to end is in exit/. */
describe('a program', () => {
  it('that closes knows what became of everything', async () => {
    const { service } = await open();
    const { code, stdout, stderr } = await run('closes.mjs', service.endpoint);
    expect([code, stderr]).toEqual([0, '']);
    expectAccount(JSON.parse(stdout) as DeliveryReport, { accepted: 1_000, delivered: 1_000, calls: 1 });
    expect(await idsIn('api-server')).toEqual(all);
  }, 30_000);

  it('that exits has its events on stderr, each with its log group, its log stream and why', async () => {
    const { service } = await open();
    const ended = await run('calls-exit.mjs', service.endpoint);
    expect(divertedIn(ended.stderr)).toEqual(all.map((id) => ({ diverted: 'exit', id })));
  }, 30_000);

  it('with two sinks has delivered everything to both', async () => {
    const { service } = await open();
    expect(await run('has-two-sinks.mjs', service.endpoint)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await idsIn('first')).toEqual(all);
    expect(await idsIn('second')).toEqual(all);
  }, 30_000);
});
