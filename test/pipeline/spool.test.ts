import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBalanced } from '../../runtime/ack/ledger.js';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import type { Target } from '../../runtime/batch/target.js';
import type { CallBody } from '../../runtime/send/compression.js';
import type { PutAnswer } from '../../runtime/send/port.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import { errorNamed, FakePort, type Reply } from '../support/fake-port.js';
import { HOUR_MS, NOW_MS } from '../support/events.js';
import {
  removeDirectory,
  segmentsIn,
  SpoolBench,
  spooledIn,
  temporaryDirectory,
} from '../support/spool-bench.js';
import { promisesRun } from '../support/manual-clock.js';

jest.setTimeout(60_000);

const none = { total: 0, byReason: {} };

let spoolDir: string;
let benches: SpoolBench[] = [];

beforeEach(() => {
  spoolDir = temporaryDirectory();
});

afterEach(async () => {
  for (const bench of benches) await bench.end();
  benches = [];
  removeDirectory(spoolDir);
});

/** A service that is down for as many calls. */
const down = (calls: number): FakePort =>
  new FakePort({
    putLogEvents: Array.from({ length: calls }, (): Reply => errorNamed('ServiceUnavailableException')),
  });

function open(port: FakePort, options: CloudWatchSinkOptions = {}, nowMs = NOW_MS): SpoolBench {
  const bench = new SpoolBench(port, { spoolDir, ...options }, nowMs);
  benches.push(bench);
  return bench;
}

/** A service that remembers to which stream each call went. */
class TargetPort extends FakePort {
  readonly order: string[] = [];
  mostReplaysAtOnce = 0;
  #replays = 0;

  /** @param live name of the stream that is not a replay */
  constructor(readonly live?: string) {
    super();
  }

  override async putLogEvents(target: Target, body: CallBody, signal: AbortSignal): Promise<PutAnswer> {
    this.order.push(target.logStreamName);
    const answer = super.putLogEvents(target, body, signal);
    if (target.logStreamName === this.live) return answer;
    this.mostReplaysAtOnce = Math.max(this.mostReplaysAtOnce, ++this.#replays);
    // Long enough for a second one to begin.
    await new Promise((resolve) => setTimeout(resolve, 20));
    this.#replays--;
    return answer;
  }

  /** Messages by stream. */
  get sent(): Record<string, string[]> {
    const sent: Record<string, string[]> = {};
    for (const [index, lines] of this.messages.entries()) {
      const texts = lines.map((line) => (JSON.parse(line) as { message: string }).message);
      (sent[this.order[index]!] ??= []).push(...texts);
    }
    return sent;
  }
}

const flat = (lists: readonly (readonly string[])[]): string[] => lists.flat();

describe('what memory cannot hold', () => {
  it('goes to disk in whole batches, the oldest first, and comes back when the service is well', async () => {
    const bench = open(down(3), { maxQueueEvents: 4, circuitBreakerEnabled: false });
    bench.write('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
    // None is in flight: delivery begins after the log calls.
    expect(spooledIn(spoolDir)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(bench.sink.stats()).toMatchObject({ accepted: 8, spooled: 4, pending: 4, dropped: none });
    await bench.passUntil(() => bench.sink.stats().delivered === 8);
    expect(bench.sink.stats()).toMatchObject({ accepted: 8, spooled: 0, adopted: 0, spoolBytes: 0 });
    expect(bench.sent.slice(-2)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(spooledIn(spoolDir)).toEqual([]);
    await bench.end();
    expect(readdirSync(spoolDir)).toEqual([]);
  });

  it('is dropped as before, and counted, if the spool is no directory', async () => {
    const file = join(spoolDir, 'file');
    writeFileSync(file, '');
    const bench = open(down(1_000), { spoolDir: file, maxQueueEvents: 4 });
    bench.write('a', 'b', 'c', 'd', 'e', 'f');
    const { accepted, dropped, spooled, pending } = bench.sink.stats();
    expect([accepted, dropped.byReason, spooled, pending]).toEqual([6, { queueFull: 2 }, 0, 4]);
    expect(bench.said).toContain('spool.failed');
  });

  it('leaves the oldest segment to its fate when the spool is full, and says so in the stream', async () => {
    const padding = 'x'.repeat(900_000);
    const bench = open(down(3), { batchSize: 1, maxQueueBytes: '2 MB', spoolMaxBytes: '16 MB' });
    for (let id = 0; id < 30; id++) bench.write(id + padding);
    const { accepted, pending, spooled, dropped, spoolBytes } = bench.sink.stats();
    expect([accepted, pending, spooled, dropped.byReason]).toEqual([30, 2, 18, { spoolFull: 10 }]);
    expect(spoolBytes).toBeLessThanOrEqual(16 * 1_048_576);
    const ids = flat(spooledIn(spoolDir)).map((message) => Number.parseInt(message, 10));
    expect(ids).toEqual(Array.from({ length: 18 }, (_, index) => index + 10));
    await bench.passUntil(() => bench.sink.stats().delivered === 21);
    expect(bench.sink.stats()).toMatchObject({
      accepted: 31,
      delivered: 21,
      dropped: { total: 10 },
      spooled: 0,
    });
    const told = flat(bench.sent).filter((message) =>
      message.includes('10 log events were dropped (spoolFull)'),
    );
    expect(told).toHaveLength(1);
  });
});

describe('what is given up', () => {
  it.each([
    ['by its retries', { maxRetries: 0 }, 250],
    ['by its age', { maxBatchAgeSeconds: 1 }, 3_000],
  ])('%s goes to disk, not to stderr, and is tried again later', async (_, options, passMs) => {
    const bench = open(down(4), { ...options, circuitBreakerEnabled: false });
    bench.write('a', 'b');
    await bench.passUntil(() => bench.sink.stats().spooled === 2, passMs);
    expect(bench.sink.stats()).toMatchObject({ pending: 0, pendingBytes: 0, diverted: none });
    const calls = bench.sent.length;
    await bench.passUntil(() => bench.sink.stats().delivered === 2);
    expect(bench.sent.length).toBeGreaterThan(calls);
    expect(bench.diverted).toEqual([]);
  });

  it('at the deadline of close is there for the next process, with its own stream', async () => {
    const first = open(down(1_000), { logStreamName: 'api-1' });
    first.write('a', 'b', 'c');
    expect(await first.end()).toMatchObject({ accepted: 3, spooled: 3, pending: 0, diverted: none });
    expect(spooledIn(spoolDir)).toEqual([['a', 'b'], ['c']]);
    const port = new TargetPort();
    const second = open(port, { logStreamName: 'api-2' });
    second.write('d', 'e');
    await second.passUntil(() => second.sink.stats().delivered === 5);
    expect(second.sink.stats()).toMatchObject({ accepted: 5, adopted: 3, spooled: 0, spoolBytes: 0 });
    expect(port.sent).toEqual({ 'api-1': ['a', 'b', 'c'], 'api-2': ['d', 'e'] });
    await second.end();
    expect(readdirSync(spoolDir)).toEqual([]);
  });

  it('because it is too old goes to stderr: the service would never take it', async () => {
    const first = open(down(1_000));
    first.write('a', 'b');
    await first.end();
    const second = open(new FakePort(), {}, NOW_MS + 15 * 24 * HOUR_MS);
    await second.passUntil(() => second.sink.stats().accepted === 2);
    expect(second.sink.stats()).toMatchObject({
      delivered: 0,
      spooled: 0,
      adopted: 2,
      diverted: { total: 2, byReason: { tooOld: 2 } },
    });
    expect(second.diverted).toHaveLength(2);
    await second.end();
    expect(readdirSync(spoolDir)).toEqual([]);
  });
});

describe('a replay', () => {
  it('takes half of the calls at most, and live events go on meanwhile', async () => {
    const first = open(down(1_000), { batchSize: 1 });
    // Of times of their own, so that nothing else keeps two of them from going at once.
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      first.clock.advance(1);
      first.write(name);
    }
    await first.end();
    const port = new TargetPort('live');
    const second = open(port, { batchSize: 1, maxConcurrency: 2, logStreamName: 'live' });
    let live = 0;
    await second.passUntil(() => {
      second.write(String(live++));
      return port.order.filter((stream) => stream !== 'live').length === 6;
    });
    const order = port.order.map((stream) => (stream === 'live' ? 'l' : 'r')).join('');
    expect(order.replaceAll('l', '')).toBe('rrrrrr');
    expect(order).toMatch(/rl+r/);
    expect(port.mostReplaysAtOnce).toBe(1);
    expect(isBalanced(second.sink.stats())).toBe(true);
  });

  it('that has succeeded comes after the shortest pause again', async () => {
    const failure = (): Error => errorNamed('ServiceUnavailableException');
    const port = new FakePort({ putLogEvents: [failure(), failure(), 'ok', failure()] });
    const bench = open(port, { maxRetries: 0, circuitBreakerEnabled: false });
    const rests = (): boolean => bench.sink.stats().spooled === 2;
    bench.write('a', 'b');
    await bench.passUntil(rests, 0);
    bench.clock.advance(6_000);
    await bench.passUntil(() => bench.sent.length === 2 && rests(), 0);
    bench.clock.advance(11_000);
    await bench.passUntil(() => bench.sink.stats().delivered === 2, 0);
    bench.write('c', 'd');
    await bench.passUntil(rests, 0);
    // Less than the third pause in a row would take.
    bench.clock.advance(6_000);
    await bench.passUntil(() => bench.sink.stats().delivered === 4, 0);
    expect(bench.sink.stats()).toMatchObject({ accepted: 4, spooled: 0, pending: 0 });
  });

  it('does not begin while calls fail', async () => {
    const first = open(down(1_000));
    first.write('a', 'b');
    await first.end();
    const second = open(down(3), { circuitBreakerEnabled: false });
    second.write('c', 'd');
    // Time stands still while a busy file system finds the segments: the calls must not succeed before.
    await second.passUntil(() => second.said.includes('spool.adopted'), 0);
    expect(second.sink.stats()).toMatchObject({ adopted: 0, pending: 2 });
    await second.passUntil(() => second.sink.stats().delivered === 4);
    expect(second.sent.slice(-2)).toEqual([
      ['c', 'd'],
      ['a', 'b'],
    ]);
  });

  it('is waited for by close, as long as the service takes it', async () => {
    const first = open(down(1_000));
    first.write('a', 'b', 'c', 'd', 'e', 'f');
    await first.end();
    const second = open(new FakePort());
    await second.passUntil(() => second.said.includes('spool.adopted'));
    const closing = second.sink.close();
    await second.passUntil(() => second.sink.stats().delivered === 6, 1);
    expect(await closing).toMatchObject({ accepted: 6, adopted: 6, delivered: 6, spooled: 0 });
    expect(readdirSync(spoolDir)).toEqual([]);
  });

  it.each<[string, (bench: SpoolBench) => void]>([
    ['when nothing else waits', () => undefined],
    ['when an event came meanwhile', (bench) => bench.write('c')],
  ])('that hangs holds up close for two seconds at most, and is left on disk, %s', async (_, meanwhile) => {
    const first = open(down(1_000), { logStreamName: 'api-1' });
    first.write('a', 'b');
    await first.end();
    class HangingPort extends TargetPort {
      override putLogEvents(target: Target, body: CallBody, signal: AbortSignal): Promise<PutAnswer> {
        if (target.logStreamName === 'live') return super.putLogEvents(target, body, signal);
        return new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        );
      }
    }
    const second = open(new HangingPort('live'), { logStreamName: 'live', requestTimeoutSeconds: 300 });
    await second.passUntil(() => second.sink.stats().pending === 2, 1);
    meanwhile(second);
    let report: DeliveryReport | undefined;
    const atMs = second.clock.now();
    void second.sink.close({ deadlineMs: 3_600_000 }).then((each) => (report = each));
    await second.passUntil(() => report !== undefined, 10);
    expect(second.clock.now() - atMs).toBeLessThanOrEqual(2_100);
    expect(report).toMatchObject({ adopted: 2, spooled: 2, pending: 0 });
    expect(spooledIn(spoolDir)).toEqual([['a', 'b']]);
  });

  it('of a damaged segment delivers what can still be read', async () => {
    const first = open(down(1_000), { batchSize: 3 });
    first.write('a', 'b', 'c');
    await first.end();
    const [path = ''] = segmentsIn(spoolDir);
    writeFileSync(path, readFileSync(path, 'utf8').replace('\\"b\\"', '\\"X\\"').slice(0, -1));
    const second = open(new FakePort());
    await second.passUntil(() => second.sink.stats().delivered === 1);
    expect(second.sent).toEqual([['a']]);
    expect(second.diagnostics.find(({ code }) => code === 'spool.damaged')?.message).toContain(
      '2 line(s) of',
    );
    await second.end();
    expect(readdirSync(spoolDir)).toEqual([]);
  });
});

describe('what another process left for a stream that is refused', () => {
  const denied = errorNamed('AccessDeniedException');
  const missing = errorNamed('ResourceNotFoundException');
  const throttled = errorNamed('ThrottlingException');

  /** A service that refuses one stream, until it does not. */
  class RefusingPort extends TargetPort {
    refused: string | undefined = 'api-1';
    readonly #put: Error;
    readonly #creation: Error;

    constructor(put: Error, creation = denied) {
      super();
      this.#put = put;
      this.#creation = creation;
    }

    override putLogEvents(target: Target, body: CallBody, signal: AbortSignal): Promise<PutAnswer> {
      if (target.logStreamName !== this.refused) return super.putLogEvents(target, body, signal);
      this.calls.push('put refused');
      return Promise.reject(this.#put);
    }

    override createLogStream(target: Target): Promise<void> {
      if (target.logStreamName !== this.refused) return Promise.resolve();
      this.calls.push('creation refused');
      return Promise.reject(this.#creation);
    }
  }

  it.each([
    ['by PutLogEvents', denied, denied, 'put refused'],
    ['by CreateLogStream', missing, denied, 'put refused'],
    ['by CreateLogStream, because too many streams are made', missing, throttled, 'creation refused'],
  ])(
    '%s, holds up neither live events nor others, and comes when it may',
    async (_, put, creation, refusal) => {
      for (const [logStreamName, ...messages] of [
        ['api-1', 'a', 'b', 'c', 'd'],
        ['api-2', 'e', 'f'],
      ] as const) {
        const first = open(down(1_000), { logStreamName });
        first.write(...messages);
        await first.end();
      }
      const port = new RefusingPort(put, creation);
      const bench = open(port, { logStreamName: 'live', circuitBreakerThreshold: 1 });
      await bench.passUntil(() => bench.sink.stats().delivered === 2);
      bench.write('g');
      await bench.passUntil(() => bench.sink.stats().delivered === 3);
      await bench.passUntil(() => port.calls.filter((call) => call === refusal).length > 3);
      expect(bench.sink.stats()).toMatchObject({ pending: 0, diverted: none, circuitBreaker: 'closed' });
      expect(bench.sink.health().state).toBe('healthy');
      expect(port.sent).toEqual({ 'api-2': ['e', 'f'], live: ['g'] });
      expect(isBalanced(bench.sink.stats())).toBe(true);

      port.refused = undefined;
      await bench.passUntil(() => bench.sink.stats().delivered === 7);
      expect(port.sent['api-1']).toEqual(['a', 'b', 'c', 'd']);
      expect(bench.sink.stats()).toMatchObject({ accepted: 7, adopted: 6, spooled: 0, spoolBytes: 0 });
    },
  );

  it('does not keep a close from ending', async () => {
    const first = open(down(1_000), { logStreamName: 'api-1' });
    first.write('a', 'b');
    await first.end();
    const bench = open(new RefusingPort(denied), { logStreamName: 'live' });
    await bench.passUntil(() => bench.sink.stats().spooled === 2);
    bench.write('c');
    const report = await bench.sink.close({ deadlineMs: 3_600_000 });
    expect(report).toMatchObject({ accepted: 3, delivered: 1, spooled: 2, pending: 0 });
  });
});

describe('the mode always', () => {
  const always: CloudWatchSinkOptions = { spoolMode: 'always' };

  it('has each event on disk when its log call returns, and counts it as pending', () => {
    const bench = open(down(1_000), { ...always, batchSize: 3 });
    bench.write('a');
    expect(spooledIn(spoolDir)).toEqual([['a']]);
    bench.write('b', 'c', 'd');
    expect(spooledIn(spoolDir)).toEqual([['a', 'b', 'c'], ['d']]);
    expect(bench.sink.stats()).toMatchObject({ accepted: 4, pending: 4, spooled: 0 });
  });

  it.each(['never', 'interval', 'every_batch'] as const)(
    'deletes what is delivered (%s)',
    async (spoolFsync) => {
      const bench = open(new FakePort(), { ...always, spoolFsync });
      bench.write('a', 'b', 'c');
      await bench.passUntil(() => bench.sink.stats().delivered === 3);
      expect(spooledIn(spoolDir)).toEqual([]);
      expect(bench.sink.stats().spoolBytes).toBe(0);
      await bench.end();
      expect(readdirSync(spoolDir)).toEqual([]);
    },
  );

  it('under throttling: a flush that gives way diverts nothing, because it is on disk; later it is delivered once', async () => {
    const throttled = (): Reply => errorNamed('ThrottlingException');
    const bench = open(new FakePort({ putLogEvents: Array.from({ length: 4 }, throttled) }), always);
    bench.write('a', 'b', 'c');
    await promisesRun();
    const flushed = bench.sink.flush({ deadlineMs: 1_000, leftover: 'divert' });
    await promisesRun();
    bench.clock.advance(0);
    await flushed;
    expect(bench.sink.stats()).toMatchObject({ delivered: 0, pending: 3, diverted: none });
    await bench.passUntil(() => bench.sink.stats().delivered === 3);

    expect(bench.sent.flat().filter((message) => message === 'c')).toHaveLength(1);
    expect(spooledIn(spoolDir)).toEqual([]);
    expect(isBalanced(bench.sink.stats())).toBe(true);
  });

  it('writes nothing twice: what memory lets go is there already', () => {
    const bench = open(down(1_000), { ...always, maxQueueEvents: 4 });
    bench.write('a', 'b', 'c', 'd');
    const before = segmentsIn(spoolDir);
    bench.write('e', 'f');
    expect(segmentsIn(spoolDir).slice(0, 2)).toEqual(before);
    expect(spooledIn(spoolDir)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ]);
    expect(bench.sink.stats()).toMatchObject({ accepted: 6, pending: 4, spooled: 2 });
  });

  it('has every event at the end of the process', async () => {
    const bench = open(down(1_000), always);
    bench.write('a', 'b', 'c');
    expect(await bench.end()).toMatchObject({ accepted: 3, spooled: 3, pending: 0, diverted: none });
    expect(spooledIn(spoolDir)).toEqual([['a', 'b'], ['c']]);
  });

  it('keeps the segment of a divided batch until all its parts are settled', async () => {
    const poisoned = errorNamed('InvalidParameterException');
    const bench = open(new FakePort({ putLogEvents: [poisoned, 'ok', 'hang'] }), always);
    bench.write('a', 'b');
    await bench.passUntil(() => bench.sink.stats().delivered === 1);
    expect(spooledIn(spoolDir)).toEqual([['a', 'b']]);
    expect(await bench.end()).toMatchObject({ accepted: 2, delivered: 1, spooled: 1 });
    // The part that is left has a segment of its own.
    expect(spooledIn(spoolDir)).toEqual([['b']]);
  });
});

describe('several processes', () => {
  it('share a directory: what a living one has is its own', async () => {
    const first = open(down(1_000), { maxRetries: 0 });
    first.write('a', 'b');
    await first.passUntil(() => first.sink.stats().spooled === 2);
    const second = open(new FakePort());
    second.write('c', 'd');
    await second.passUntil(() => second.sink.stats().delivered === 2);
    expect(second.sink.stats().adopted).toBe(0);
    expect(spooledIn(spoolDir)).toEqual([['a', 'b']]);
  });

  it('that come at the same time share out what is left, each segment once', async () => {
    const first = open(down(1_000), { batchSize: 1 });
    first.write('a', 'b', 'c', 'd', 'e', 'f');
    await first.end();
    const heirs = [1, 2, 3, 4].map(() => open(new FakePort()));
    const delivered = (): number => heirs.reduce((sum, { sink }) => sum + sink.stats().delivered, 0);
    await Promise.all(heirs.map((heir) => heir.passUntil(() => delivered() === 6)));
    expect(flat(heirs.flatMap(({ sent }) => sent)).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(heirs.reduce((sum, { sink }) => sum + sink.stats().adopted, 0)).toBe(6);
  });
});
