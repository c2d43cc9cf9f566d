import * as fc from 'fast-check';
import { isBalanced } from '../../../runtime/ack/ledger.js';
import { DeferredSink } from '../../../runtime/plugins/deferred-sink.js';
import { MAX_HELD_CHARACTERS, MAX_HELD_RECORDS } from '../../../runtime/plugins/held-records.js';
import type { Sink } from '../../../runtime/sink-port.js';
import { listener, ManualClock, record, recordOf, settle, TestSink, type Report } from './fixture.js';

interface Bench {
  readonly deferred: DeferredSink;
  readonly clock: ManualClock;
  readonly reports: Report[];
  /** Lines on stderr. */
  readonly lines: string[];
  readonly arrive: (sink: Sink) => Promise<void>;
  readonly fail: (message: string) => Promise<void>;
}

const benches: Bench[] = [];

afterEach(async () => {
  for (const { arrive } of benches.splice(0)) await arrive(new TestSink());
});

function bench({ hasStderr = true } = {}): Bench {
  const clock = new ManualClock();
  const { reports, report } = listener();
  const lines: string[] = [];
  const writeStderr = (text: string): boolean => {
    if (hasStderr) lines.push(text);
    return hasStderr;
  };
  let resolve: (sink: Sink) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const loading = new Promise<Sink>((...settlers) => ([resolve, reject] = settlers));
  const made: Bench = {
    deferred: new DeferredSink('kafka', loading, { clock, report, writeStderr }),
    clock,
    reports,
    lines,
    arrive: async (sink) => {
      resolve(sink);
      await settle();
    },
    fail: async (message) => {
      reject(new Error(message));
      await settle();
    },
  };
  benches.push(made);
  return made;
}

function write(deferred: DeferredSink, ...messages: string[]): void {
  for (const message of messages) deferred.write(recordOf(message));
}

const messagesOf = (lines: readonly string[]): unknown[] =>
  lines.map((line) => (JSON.parse(line) as { message: unknown }).message);

type Step = 'write' | 'writeRefused' | 'arrive' | 'fail' | 'flush' | 'close' | 'pass';

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom<Step>('write', 'writeRefused') },
    { weight: 2, arbitrary: fc.constantFrom<Step>('flush', 'pass') },
    { weight: 1, arbitrary: fc.constantFrom<Step>('arrive', 'fail', 'close') },
  ),
  { maxLength: 30 },
);

describe('whatever happens, in whatever order', () => {
  test('each record is in one place, and the account balances after every step', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (taken, hasStderr) => {
        const made = bench({ hasStderr });
        const sink = new TestSink(['refused']);
        let written = 0;
        const actions: Record<Step, () => unknown> = {
          write: () => write(made.deferred, `m${written++}`),
          writeRefused: () => {
            written++;
            write(made.deferred, 'refused');
          },
          arrive: () => made.arrive(sink),
          fail: () => made.fail('no'),
          flush: () => void made.deferred.flush({ deadlineMs: 100 }),
          close: () => void made.deferred.close({ deadlineMs: 100 }),
          pass: () => made.clock.pass(60),
        };
        for (const step of taken) {
          await actions[step]();
          await settle();
          const stats = made.deferred.stats();
          expect(isBalanced(stats)).toBe(true);
          expect(stats.accepted).toBe(written);
          expect(stats.diverted.total).toBe(made.lines.length);
          expect(sink.taken.length + made.lines.length).toBeLessThanOrEqual(written);
        }
        const closing = made.deferred.close({ deadlineMs: 100 });
        made.clock.pass(100);
        await settle();
        expect(await closing).toMatchObject({ pending: 0 });
        expect(made.deferred.stats()).toMatchObject({ accepted: written, pending: 0 });
        const order = [...sink.taken, ...messagesOf(made.lines)].filter((message) => message !== 'refused');
        expect(order).toEqual([...new Set(order)]);
        expect(sink.taken).toEqual(sink.taken.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
      }),
      { numRuns: 200 },
    );
  });
});

describe('while the sink is loading', () => {
  test('records wait, and then go to it in their order', async () => {
    const { deferred, arrive } = bench();
    const sink = new TestSink();
    write(deferred, 'a', 'b');
    expect(deferred.stats()).toMatchObject({ accepted: 2, pending: 2 });

    await arrive(sink);
    write(deferred, 'c');

    expect(sink.taken).toEqual(['a', 'b', 'c']);
    expect(deferred.stats()).toEqual(sink.stats());
  });

  test.each([
    [MAX_HELD_RECORDS - 1, 0],
    [MAX_HELD_RECORDS, 0],
    [MAX_HELD_RECORDS + 1, 1],
  ])('of %d records, %d are dropped, and reported', async (count, dropped) => {
    const { deferred, arrive, reports } = bench();
    const sink = new TestSink();
    for (let index = 0; index < count; index++) write(deferred, String(index));

    expect(deferred.stats()).toMatchObject({
      accepted: count,
      pending: count - dropped,
      dropped: { total: dropped, byReason: dropped ? { loading: dropped } : {} },
    });
    expect(reports.map(({ code }) => code)).toEqual(dropped ? ['dropped.loading'] : []);
    await arrive(sink);

    expect(sink.taken).toHaveLength(count - dropped);
    expect(sink.taken.at(-1)).toBe(String(count - dropped - 1));
    expect(deferred.stats()).toMatchObject({ accepted: count, pending: count - dropped });
  });

  test.each([
    [-1, 0],
    [0, 0],
    [1, 1],
  ])('with %d characters more than may wait, %d is dropped', (more, dropped) => {
    const { deferred } = bench();
    const half = MAX_HELD_CHARACTERS / 2;

    write(deferred, 'x'.repeat(half), 'x'.repeat(half + more));

    expect(deferred.stats()).toMatchObject({
      accepted: 2,
      pending: 2 - dropped,
      dropped: { total: dropped },
    });
  });

  test('records are as they were when they were logged', async () => {
    const { deferred, arrive } = bench();
    const fields = { user: { name: 'a' } };
    const seen: unknown[] = [];
    class Seeing extends TestSink {
      override write(taken: typeof record): void {
        seen.push(...taken.fields);
      }
    }
    deferred.write({ ...record, fields: [fields] });
    fields.user.name = 'b';

    await arrive(new Seeing());

    expect(seen).toEqual([{ user: { name: 'a' } }]);
  });

  test.each([
    [MAX_HELD_RECORDS / 2 - 1, false],
    [MAX_HELD_RECORDS / 2, true],
  ])('with %d records, that a producer should wait is %s', async (count, needsDrain) => {
    const { deferred, arrive } = bench();
    for (let index = 0; index < count; index++) write(deferred, 'm');
    expect(deferred.needsDrain).toBe(needsDrain);
    let isReady = false;
    void deferred.ready().then(() => (isReady = true));
    await settle();
    expect(isReady).toBe(!needsDrain);

    await arrive(new TestSink());

    expect(isReady).toBe(true);
    expect(deferred.needsDrain).toBe(false);
  });

  test('its health reports how long records have waited', () => {
    const { deferred, clock } = bench();
    expect(deferred.health()).toEqual({ state: 'healthy', oldestPendingAgeMs: 0 });

    deferred.write({ ...record, timeMs: 0 });
    clock.pass(70);

    expect(deferred.health()).toEqual({ state: 'healthy', oldestPendingAgeMs: 70 });
  });
});

describe('a sink that is there', () => {
  test('and throws has not taken the record, which goes to stderr', async () => {
    const { deferred, arrive, lines, reports } = bench();
    const sink = new TestSink(['b', 'd']);
    write(deferred, 'a', 'b', 'c');

    await arrive(sink);
    write(deferred, 'd');

    expect(sink.taken).toEqual(['a', 'c']);
    expect(messagesOf(lines)).toEqual(['b', 'd']);
    expect(deferred.stats()).toMatchObject({
      accepted: 4,
      pending: 2,
      diverted: { total: 2, byReason: { sinkThrew: 2 } },
    });
    expect(reports).toEqual([
      { code: 'sink', message: 'sink kafka threw: not b' },
      { code: 'sink', message: 'sink kafka threw: not d' },
    ]);
  });

  test('may log while it takes what waited', async () => {
    const { deferred, arrive } = bench();
    class Talking extends TestSink {
      override write(taken: typeof record): void {
        super.write(taken);
        if (taken.message === 'a') write(deferred, 'heard a');
      }
    }
    const sink = new Talking();
    write(deferred, 'a', 'b');

    await arrive(sink);

    expect(sink.taken).toEqual(['a', 'b', 'heard a']);
    expect(deferred.stats()).toMatchObject({ accepted: 3, pending: 3 });
  });

  test('and throws in stats() leaves what was lost before it came', async () => {
    const { deferred, arrive, reports } = bench();
    class Silent extends TestSink {
      override stats(): never {
        throw new Error('no');
      }
    }
    write(deferred, 'x'.repeat(MAX_HELD_CHARACTERS + 1), 'a');

    await arrive(new Silent());

    expect(deferred.stats()).toMatchObject({
      accepted: 1,
      dropped: { byReason: { loading: 1 } },
      pending: 0,
    });
    expect(reports.at(-1)).toEqual({ code: 'sink', message: 'sink kafka threw in stats(): no' });
  });

  test('and ends the process while it takes what waited has the rest before the end', async () => {
    const before = process.listeners('exit');
    const { deferred, arrive } = bench();
    const takenAtExit: string[] = [];
    class Ending extends TestSink {
      override write(taken: typeof record): void {
        super.write(taken);
        if (taken.message !== 'a') return;
        for (const exit of process.listeners('exit')) if (!before.includes(exit)) exit(0);
        takenAtExit.push(...this.taken);
      }
    }
    write(deferred, 'a', 'b', 'c');

    await arrive(new Ending());

    expect(takenAtExit).toEqual(['a', 'b', 'c']);
    expect(deferred.stats()).toMatchObject({ accepted: 3, pending: 3 });
  });

  test('speaks for itself', async () => {
    const { deferred, arrive } = bench();
    const sink = Object.assign(new TestSink(), {
      health: () => ({ state: 'degraded' as const }),
      needsDrain: true,
    });
    await arrive(sink);

    expect(deferred.needsDrain).toBe(true);
    expect(deferred.health()).toEqual({ state: 'degraded' });
    await deferred.ready();
    expect(await deferred.flush()).toEqual(sink.stats());
    expect(sink.flushes).toEqual([{}]);
  });
});

describe('flush', () => {
  test('waits for the sink, which has the rest of the time', async () => {
    const { deferred, arrive, clock } = bench();
    const sink = new TestSink();
    write(deferred, 'a');
    const flushing = deferred.flush({ deadlineMs: 100 });
    clock.pass(40);

    await arrive(sink);

    expect(await flushing).toMatchObject({ accepted: 1, delivered: 1, pending: 0 });
    expect(sink.flushes).toEqual([{ deadlineMs: 60 }]);
    expect(clock.timers).toBe(0);
  });

  test('ends at the deadline, with the records still pending', async () => {
    const { deferred, clock } = bench();
    write(deferred, 'a');
    const flushing = deferred.flush({ deadlineMs: 100 });

    clock.pass(100);

    expect(await flushing).toMatchObject({ accepted: 1, pending: 1 });
  });
});

describe('close', () => {
  test('waits for the sink, which has the rest of the time; later records are refused and counted', async () => {
    const { deferred, arrive, clock, reports } = bench();
    const sink = new TestSink();
    write(deferred, 'a');
    const closing = deferred.close({ deadlineMs: 100 });
    write(deferred, 'late');
    clock.pass(40);

    await arrive(sink);

    expect(await closing).toMatchObject({
      accepted: 2,
      pending: 0,
      dropped: { total: 2, byReason: { closed: 1, deadline: 1 } },
    });
    expect(sink.taken).toEqual(['a']);
    expect(sink.closes).toEqual([{ deadlineMs: 60 }]);
    expect(deferred.close()).toBe(deferred.close());
    expect(reports).toEqual([{ code: 'dropped.closed', message: 'a log call came after close()' }]);
    expect(deferred.health()).toEqual({ state: 'closed' });
  });

  test('diverts at the deadline, and lets a sink go that comes after it', async () => {
    const { deferred, arrive, clock, lines, reports } = bench();
    const sink = new TestSink();
    write(deferred, 'a', 'b');
    const closing = deferred.close();

    clock.pass(9_999);
    await settle();
    expect(lines).toEqual([]);
    clock.pass(1);

    expect(await closing).toMatchObject({ pending: 0, diverted: { total: 2, byReason: { deadline: 2 } } });
    expect(messagesOf(lines)).toEqual(['a', 'b']);
    expect(reports).toEqual([
      {
        code: 'diverted.deadline',
        message: '2 log record(s) diverted to stderr: deadline, and sink kafka was still loading',
      },
    ]);
    await arrive(sink);
    expect(sink.taken).toEqual([]);
    expect(sink.closes).toEqual([{ deadlineMs: 0 }]);
  });
});

describe('a sink that never comes', () => {
  test('leaves its records on stderr, and says so', async () => {
    const { deferred, fail, lines, reports, clock } = bench();
    clock.pass(5);
    deferred.write({ ...record, message: 'a', fields: [{ user: 1 }] });

    await fail('sink "kafka" of package @acme/fapilog-kafka cannot be loaded: no; install it');
    write(deferred, 'b');

    expect(lines).toEqual([
      '{"timestamp":"2023-11-14T22:13:20.000Z","level":"info","message":"a","diverted":"pluginFailed","sink":"kafka","user":1}\n',
      '{"timestamp":"2023-11-14T22:13:20.000Z","level":"info","message":"b","diverted":"pluginFailed","sink":"kafka"}\n',
    ]);
    const message = 'sink "kafka" of package @acme/fapilog-kafka cannot be loaded: no; install it';
    expect(reports).toEqual([{ code: 'plugin.kafka', message: `${message}; its log records go to stderr` }]);
    expect(await deferred.flush()).toMatchObject({
      accepted: 2,
      diverted: { byReason: { pluginFailed: 2 } },
    });
    expect(deferred.health()).toEqual({ state: 'failing', lastErrorMs: 5, lastError: message });
    expect(await deferred.close()).toMatchObject({ accepted: 2, pending: 0 });
  });

  test('loses them, counted, when stderr is gone', async () => {
    const { deferred, fail } = bench({ hasStderr: false });
    write(deferred, 'a');

    await fail('no');

    expect(deferred.stats()).toMatchObject({
      accepted: 1,
      diverted: { total: 0 },
      dropped: { total: 1, byReason: { stderrUnavailable: 1 } },
    });
  });
});

test('a process that exits meanwhile leaves the records on stderr', () => {
  const before = process.listeners('exit');
  const { deferred, lines } = bench();
  write(deferred, 'a');
  const [onExit] = process.listeners('exit').filter((listened) => !before.includes(listened));

  onExit?.(0);

  expect(messagesOf(lines)).toEqual(['a']);
  expect(deferred.stats()).toMatchObject({ accepted: 1, pending: 0, diverted: { byReason: { exit: 1 } } });
  expect(process.listeners('exit')).toEqual(before);
});
