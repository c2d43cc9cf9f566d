import { PassThrough, Writable } from 'node:stream';
import * as fc from 'fast-check';
import { isBalanced } from '../../../runtime/ack/ledger.js';
import type { LineSinkOptions } from '../../../runtime/sinks/line-sink.js';
import { StreamSink } from '../../../runtime/sinks/stream-sink.js';
import { FakeStream, type Manner } from './fake-stream.js';
import { none, record, reporter } from './support.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

const CLOSED = { ...record, message: 'late' };

function sinkOn(
  stream: ConstructorParameters<typeof StreamSink>[1],
  options: LineSinkOptions = {},
): StreamSink {
  return new StreamSink('test', stream, ({ message }) => message, options);
}

function log(sink: StreamSink, ...messages: string[]): void {
  for (const message of messages) sink.write({ ...record, message });
}

const open: StreamSink[] = [];

function fake(options?: LineSinkOptions): { stream: FakeStream; sink: StreamSink } {
  const stream = new FakeStream();
  const sink = sinkOn(stream, options);
  open.push(sink);
  return { stream, sink };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((sink) => sink.close({ deadlineMs: 0 })));
});

describe('the law', () => {
  type Step = { log: number } | { manner: Manner } | 'takeOne' | 'failOne' | 'tick';
  const MAX = 20;
  const manners = fc.constantFrom<Manner>('takes', 'holds', 'fails', 'throws');
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ log: fc.integer({ min: 1, max: MAX + 1 }) }) },
    fc.record({ manner: manners }),
    fc.constantFrom('takeOne', 'failOne', 'tick'),
  );

  test('each line is taken in order or counted as lost, and what waits is bounded, after every step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { stream, sink } = fake({ maxWaitingBytes: MAX });
        const logged: string[] = [];
        for (const each of steps) {
          if (typeof each === 'string') stream[each]();
          else if ('manner' in each) stream.manner = each.manner;
          else {
            const message = String.fromCodePoint(97 + (logged.length % 26)).repeat(each.log);
            logged.push(message);
            log(sink, message);
          }
          const account = sink.stats();
          expect(account.accepted).toBe(logged.length);
          expect(isBalanced(account)).toBe(true);
          expect(account.delivered).toBeLessThanOrEqual(stream.taken.length);
          expect(stream.writableLength).toBeLessThanOrEqual(MAX);
          expect(stream.held.length).toBeLessThanOrEqual(1);
          const full = account.dropped.byReason['streamFull'] ?? 0;
          const waiting = logged.length - full - stream.taken.length - stream.failed.length;
          expect(waiting).toBeLessThanOrEqual(MAX);
        }
        stream.manner = 'takes';
        stream.drain();

        const account = await sink.flush();
        const full = account.dropped.byReason['streamFull'] ?? 0;
        expect(isBalanced(account)).toBe(true);
        expect(account).toMatchObject({ pending: 0, delivered: stream.taken.length });
        expect(account.dropped.byReason['streamFailed'] ?? 0).toBe(stream.failed.length);
        expect(full + stream.taken.length + stream.failed.length).toBe(logged.length);
        expect(isSubsequence(stream.taken, logged)).toBe(true);
      }),
    );
  });

  function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
    let at = -1;
    return part.every((each) => (at = whole.indexOf(each, at + 1)) >= 0);
  }
});

describe('a line', () => {
  test('is delivered when the stream has said so', () => {
    const { stream, sink } = fake();

    log(sink, 'a');
    expect(sink.stats()).toMatchObject({ accepted: 1, delivered: 0, pending: 1 });
    stream.tick();

    expect(stream.taken).toEqual(['a']);
    expect(sink.stats()).toEqual({
      accepted: 1,
      delivered: 1,
      rejected: none,
      spooled: 0,
      diverted: none,
      dropped: none,
      pending: 0,
    });
  });

  test('that has no text is lost, and counted', () => {
    const { reports, report } = reporter();
    const sink = new StreamSink('test', new FakeStream(), () => JSON.parse('{') as string, { report });

    log(sink, 'a');

    expect(sink.stats().dropped).toEqual({ total: 1, byReason: { unserializable: 1 } });
    expect(reports).toEqual([
      [
        'dropped.test.unserializable',
        expect.stringMatching(/^sink test: .*JSON.*; 1 log line\(s\) dropped$/),
      ],
    ]);
    open.push(sink);
  });

  test('waits here while the one before it is stuck in the stream', () => {
    const { stream, sink } = fake();
    stream.manner = 'holds';

    log(sink, 'a', 'b', 'c');
    expect(stream.held.map(({ text }) => text)).toEqual(['a']);
    stream.takeOne();
    stream.tick();
    expect(stream.held.map(({ text }) => text)).toEqual(['b']);
    stream.drain();

    expect(stream.taken).toEqual(['a', 'b', 'c']);
  });
});

describe('memory', () => {
  test.each([
    [9, 0],
    [10, 0],
    [11, 1],
  ])('of 10 bytes: of %i bytes in two lines, %i line is lost', (bytes, lost) => {
    const { reports, report } = reporter();
    const { stream, sink } = fake({ maxWaitingBytes: 10, report });
    stream.manner = 'holds';

    log(sink, 'a', 'b'.repeat(bytes - 1));

    expect(sink.stats().dropped.byReason).toEqual(lost ? { streamFull: 1 } : {});
    expect(reports).toEqual(
      lost
        ? [
            [
              'dropped.test.streamFull',
              'sink test: what was logged before is not written yet; 1 log line(s) dropped',
            ],
          ]
        : [],
    );
  });

  test('is measured in bytes', () => {
    const { stream, sink } = fake({ maxWaitingBytes: 10 });
    stream.manner = 'holds';

    log(sink, '€€€', '€');

    expect(sink.stats().dropped.byReason).toEqual({ streamFull: 1 });
  });

  test('is 16 MiB by default', () => {
    const { stream, sink } = fake();
    stream.manner = 'holds';
    const mebibyte = 'x'.repeat(1_048_576);

    log(sink, ...Array.from({ length: 16 }, () => mebibyte), 'y');

    expect(sink.stats()).toMatchObject({ pending: 16, dropped: { total: 1 } });
  });

  test('does not count what the stream has taken, though it has not called back', () => {
    const { stream, sink } = fake({ maxWaitingBytes: 10 });

    log(sink, ...Array.from({ length: 100 }, () => 'x'.repeat(10)));

    expect(stream.taken).toHaveLength(100);
    expect(sink.stats()).toMatchObject({ pending: 100, dropped: none });
  });

  test.each([
    [5, false],
    [6, true],
  ])('of 10 bytes of which %i wait: needs to drain is %s', async (bytes, needsDrain) => {
    const { stream, sink } = fake({ maxWaitingBytes: 10 });
    stream.manner = 'holds';
    let isReady = false;

    log(sink, 'x'.repeat(bytes));
    expect(sink.needsDrain).toBe(needsDrain);
    const ready = sink.ready().then(() => (isReady = true));
    await promisesRun();
    expect(isReady).toBe(!needsDrain);
    stream.drain();

    await ready;
    expect(sink.needsDrain).toBe(false);
  });
});

describe('a stream that fails', () => {
  test.each<[Manner, string]>([
    ['fails', 'EPIPE'],
    ['throws', 'write threw'],
  ])('(%s) costs its lines, is reported, and is tried again', (manner, why) => {
    const { reports, report } = reporter();
    const { stream, sink } = fake({ report });
    stream.manner = manner;

    log(sink, 'a', 'b');
    stream.tick();
    expect(sink.stats()).toMatchObject({
      pending: 0,
      dropped: { total: 2, byReason: { streamFailed: 2 } },
    });
    expect(reports[0]).toEqual(['dropped.test.streamFailed', `sink test: ${why}; 1 log line(s) dropped`]);
    stream.manner = 'takes';
    log(sink, 'c');
    stream.tick();

    expect(sink.stats()).toMatchObject({ accepted: 3, delivered: 1, pending: 0 });
  });

  test('may throw at many lines in a row', () => {
    const { stream, sink } = fake();
    stream.manner = 'holds';
    log(sink, ...Array.from({ length: 50_000 }, String));
    stream.manner = 'throws';
    stream.drain();

    expect(sink.stats()).toMatchObject({
      delivered: 1,
      pending: 0,
      dropped: { byReason: { streamFailed: 49_999 } },
    });
  });

  test('is survived by a log call though the report throws', () => {
    const { stream, sink } = fake({
      report: () => {
        throw new Error('no');
      },
    });
    stream.manner = 'throws';

    log(sink, 'a');

    expect(sink.stats()).toMatchObject({ accepted: 1, dropped: { total: 1 } });
  });

  test('has one listener for its errors, however many sinks it has', () => {
    const stream = new FakeStream();

    open.push(sinkOn(stream), sinkOn(stream));

    expect(stream.listeners).toBe(1);
  });

  test('may be one of Node that is destroyed, or not, by its error', async () => {
    for (const autoDestroy of [true, false]) {
      const stream = new Writable({
        autoDestroy,
        write: (_chunk, _encoding, done) => done(new Error('broken')),
      });
      const sink = sinkOn(stream);
      open.push(sink);

      log(sink, 'a', 'b');
      await sink.flush();
      log(sink, 'c');

      expect(await sink.flush()).toMatchObject({ accepted: 3, pending: 0, dropped: { total: 3 } });
    }
  });
});

describe('streams of Node', () => {
  test('nobody reads: lines wait, and go on when somebody does', async () => {
    const stream = new PassThrough({ highWaterMark: 10 });
    const sink = sinkOn(stream);
    open.push(sink);
    const lines = Array.from({ length: 100 }, (_, line) => `line ${line}\n`);

    log(sink, ...lines);
    await promisesRun();
    expect(sink.stats().pending).toBeGreaterThan(90);
    let read = '';
    stream.on('data', (chunk) => (read += String(chunk)));

    expect(await sink.flush()).toMatchObject({ delivered: 100, pending: 0 });
    expect(read).toBe(lines.join(''));
  });
});

describe('flush', () => {
  test('waits for what was logged before it, and for nothing else', async () => {
    const { stream, sink } = fake();
    stream.manner = 'holds';
    log(sink, 'a');
    const flushed = sink.flush();
    log(sink, 'b');

    stream.takeOne();
    stream.tick();

    expect(await flushed).toMatchObject({ accepted: 2, delivered: 1, pending: 1 });
  });

  test('ends at its deadline', async () => {
    const clock = new ManualClock();
    const { stream, sink } = fake({ clock });
    stream.manner = 'holds';
    log(sink, 'a');
    const flushed = sink.flush({ deadlineMs: 100 });

    clock.advance(100);

    expect(await flushed).toMatchObject({ delivered: 0, pending: 1 });
    stream.drain();
  });

  test('takes lines as taken about which a replaced write() never calls back', async () => {
    const { stream, sink } = fake();
    stream.manner = 'swallows';

    log(sink, 'a', 'b');

    expect(await sink.flush()).toMatchObject({ delivered: 2, pending: 0 });
  });
});

describe('close', () => {
  test('waits for what was logged; what comes later is lost, and counted', async () => {
    const { stream, sink } = fake();
    log(sink, 'a');
    const closed = sink.close();
    sink.write(CLOSED);
    stream.tick();

    expect(await closed).toMatchObject({
      accepted: 2,
      delivered: 1,
      pending: 0,
      dropped: { total: 1, byReason: { closed: 1 } },
    });
    expect(stream.taken).toEqual(['a']);
    expect(sink.close({ deadlineMs: 0 })).toBe(sink.close());
  });

  test('drops what waits at its deadline, and what the stream says afterwards changes nothing', async () => {
    const clock = new ManualClock();
    const { stream, sink } = fake({ clock, maxWaitingBytes: 3 });
    stream.manner = 'holds';
    log(sink, 'a', 'b', 'c');
    const ready = sink.ready();
    const closed = sink.close();

    clock.advance(9_999);
    await promisesRun();
    expect(sink.stats().pending).toBe(3);
    clock.advance(1);

    const account = await closed;
    expect(account).toMatchObject({ pending: 0, dropped: { total: 3, byReason: { deadline: 3 } } });
    await ready;
    stream.drain();
    expect(sink.stats()).toEqual(account);
    expect(stream.taken).toEqual(['a']);
  });

  test('leaves the process nothing to do', async () => {
    const before = process.listenerCount('exit');
    const sinks = [sinkOn(new FakeStream()), sinkOn(new FakeStream())];
    expect(process.listenerCount('exit')).toBe(before + 1);

    await Promise.all(sinks.map((sink) => sink.close()));

    expect(process.listenerCount('exit')).toBe(before);
  });
});
