import { SLOT_BYTES } from '../../runtime/batch/slots.js';
import { isBalanced } from '../../runtime/ack/ledger.js';
import type { Target } from '../../runtime/batch/target.js';
import { formatLine } from '../../runtime/serialize/line.js';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import type { CloudWatchSink } from '../../runtime/sink.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import { thrownBy } from '../support/environment.js';
import { SinkBench } from '../support/sink-against-server.js';

/** Every limit in threes, one under, at, one over, over real HTTP; the server says what it got. */

const MIB = 1_048_576;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let bench: SinkBench;

beforeEach(async () => {
  bench = await SinkBench.start();
});

afterEach(() => bench.stop());

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

function write(sink: CloudWatchSink, message: string, timeMs = bench.nowMs, level: Level = 'info'): void {
  sink.write({ timeMs, level, message, fields: [] });
}

/** A message whose event counts exactly this many bytes. */
function messageOf(bytes: number): string {
  const empty = { timeMs: bench.nowMs, level: 'info', message: '', fields: [] } as const;
  return 'x'.repeat(bytes - 26 - Buffer.byteLength(formatLine(empty)));
}

interface Outcome {
  readonly report: DeliveryReport;
  /** Events of each call that the server took, in order of arrival. */
  readonly calls: number[];
  /** Counted bytes of each. */
  readonly bytes: number[];
  readonly target: Target;
}

/** Writes to a stream that is there, and closes; the ledger is exact and the server has refused nothing. */
async function outcomeOf(
  writeAll: (sink: CloudWatchSink) => void,
  options: CloudWatchSinkOptions = {},
): Promise<Outcome> {
  const target = await bench.created(bench.newTarget());
  const sink = bench.sink({ ...target, ordered: true, ...options });
  writeAll(sink);
  const report = await sink.close();
  const puts = bench.puts(target);
  expect(puts.filter(({ status, rejected }) => status !== 200 || rejected > 0)).toEqual([]);
  expect(puts.reduce((sum, { stored }) => sum + stored, 0)).toBe(report.delivered);
  expect(isBalanced(report)).toBe(true);
  expect(report.pending).toBe(0);
  return {
    report,
    calls: puts.map(({ events }) => events),
    bytes: puts.map(({ countedBytes }) => countedBytes),
    target,
  };
}

test.each([
  [9_999, [9_999]],
  [10_000, [10_000]],
  [10_001, [10_000, 1]],
])('events in a call: %d', async (count, expected) => {
  const { calls, report } = await outcomeOf((sink) => {
    for (let index = 0; index < count; index++) write(sink, 'x');
  });
  expect(calls).toEqual(expected);
  expect(report.delivered).toBe(count);
});

test.each([
  [49, [49]],
  [50, [50]],
  [51, [50, 1]],
])('events in a call with a batch size of 50: %d', async (count, expected) => {
  const { calls } = await outcomeOf(
    (sink) => {
      for (let index = 0; index < count; index++) write(sink, 'x');
    },
    { batchSize: 50 },
  );
  expect(calls).toEqual(expected);
});

test.each([
  [MIB - 1, [2], [MIB - 1]],
  [MIB, [2], [MIB]],
  [MIB + 1, [1, 1], [600_000, MIB + 1 - 600_000]],
])('bytes in a call: %d', async (total, expected, counted) => {
  const { calls, bytes } = await outcomeOf((sink) => {
    write(sink, messageOf(600_000));
    write(sink, messageOf(total - 600_000));
  });
  expect([calls, bytes]).toEqual([expected, counted]);
});

describe('bytes in an event', () => {
  test.each([MIB - 1, MIB])('%d: as it is', async (size) => {
    const { bytes, report, target } = await outcomeOf((sink) => write(sink, messageOf(size)));
    expect([bytes, report.delivered]).toEqual([[size], 1]);
    expect(report.oversize).toEqual({ truncate: 0, split: 0, drop: 0 });
    const [stored] = await bench.stored(target);
    expect(JSON.parse(stored?.message ?? '')).toMatchObject({ message: messageOf(size) });
  });

  test('one over, truncate: one event that says how long it was, and fills the call', async () => {
    const { bytes, report, target } = await outcomeOf((sink) => write(sink, messageOf(MIB + 1)));
    expect([bytes, report.delivered, report.oversize.truncate]).toEqual([[MIB], 1, 1]);
    const [stored] = await bench.stored(target);
    expect(JSON.parse(stored?.message ?? '')).toMatchObject({
      level: 'info',
      truncatedFromBytes: MIB + 1 - 26,
    });
  });

  test('one over, split: two events that are the line', async () => {
    const { report, target } = await outcomeOf((sink) => write(sink, messageOf(MIB + 1)), {
      oversizeAction: 'split',
    });
    expect([report.accepted, report.delivered, report.oversize.split]).toEqual([2, 2, 1]);
    const parts = (await bench.stored(target)).map(
      ({ message }) => JSON.parse(message ?? '') as { chunk: string },
    );
    const line = parts.map(({ chunk }) => chunk).join('');
    expect(JSON.parse(line)).toMatchObject({ message: messageOf(MIB + 1) });
  });

  test('one over, drop: none, and the stream says so', async () => {
    const { report, target } = await outcomeOf((sink) => write(sink, messageOf(MIB + 1)), {
      oversizeAction: 'drop',
    });
    expect(report).toMatchObject({
      accepted: 2,
      delivered: 1,
      dropped: { total: 1, byReason: { tooLarge: 1 } },
      oversize: { truncate: 0, split: 0, drop: 1 },
    });
    const at = new Date(bench.nowMs).toISOString();
    expect((await bench.stored(target)).map(({ message }) => JSON.parse(message ?? '') as unknown)).toEqual([
      expect.objectContaining({ message: `1 log event was dropped (tooLarge), from ${at} to ${at}` }),
    ]);
  });
});

describe('time', () => {
  test.each([
    [DAY_MS - 1, [2]],
    [DAY_MS, [2]],
    [DAY_MS + 1, [1, 1]],
  ])('span of a call: %d ms', async (spanMs, expected) => {
    const { calls, report } = await outcomeOf((sink) => {
      write(sink, 'last');
      write(sink, 'first', bench.nowMs - spanMs);
    });
    expect([calls, report.delivered]).toEqual([expected, 2]);
  });

  test.each([
    ['under 14 days', -14 * DAY_MS + 1, undefined, undefined],
    ['14 days', -14 * DAY_MS, undefined, undefined],
    ['over 14 days', -14 * DAY_MS - 1, undefined, 'tooOld'],
    ['under the retention', -3 * DAY_MS + 1, 3, undefined],
    ['the retention', -3 * DAY_MS, 3, undefined],
    ['over the retention', -3 * DAY_MS - 1, 3, 'expired'],
    ['under two hours ahead', 2 * HOUR_MS - 1, undefined, undefined],
    ['two hours ahead', 2 * HOUR_MS, undefined, undefined],
    ['over two hours ahead', 2 * HOUR_MS + 1, undefined, 'tooNew'],
  ] as const)('%s', async (_, offsetMs, retentionInDays, reason) => {
    // GIVEN a group with that retention
    const target = bench.newTarget();
    if (retentionInDays) {
      await bench.created(target);
      await bench.client.putRetentionPolicy({ logGroupName: target.logGroupName, retentionInDays });
    }

    // WHEN
    const sink = bench.sink({ ...target, retentionInDays });
    write(sink, 'it', bench.nowMs + offsetMs);
    const report = await sink.close();

    // THEN it is delivered, or not even sent
    const stored = bench.puts(target).map((call) => call.stored);
    const rejected = bench.puts(target).reduce((sum, call) => sum + call.rejected, 0);
    expect(isBalanced(report)).toBe(true);
    expect([report.delivered, report.diverted.byReason, report.pending, rejected]).toEqual(
      reason ? [0, { [reason]: 1 }, 0, 0] : [1, {}, 0, 0],
    );
    expect(stored.reduce((sum, count) => sum + count, 0)).toBe(reason ? 0 : 1);
    const diverted = bench.stderr.filter((text) => text.startsWith('{"diverted"'));
    expect(diverted.map((text) => (JSON.parse(text) as { timestamp: number }).timestamp)).toEqual(
      reason ? [bench.nowMs + offsetMs] : [],
    );
  });

  test('a group that the sink creates gets the retention by which it judges', async () => {
    const target = bench.newTarget();
    const sink = bench.sink({ ...target, retentionInDays: 5 });
    write(sink, 'it');
    await sink.close();
    const { logGroups } = await bench.client.describeLogGroups({ logGroupNamePrefix: target.logGroupName });
    expect(logGroups?.map(({ retentionInDays }) => retentionInDays)).toEqual([5]);
  });

  test('a fraction of a millisecond is cut off', async () => {
    const { target } = await outcomeOf((sink) => write(sink, 'it', bench.nowMs + 0.75));
    expect((await bench.stored(target)).map(({ timestamp }) => timestamp)).toEqual([bench.nowMs]);
  });
});

// A line is a JSON object, so its message is never empty, whatever is logged.
test.each(['', 'x', '\ud800'])('a message of %j arrives in a line', async (message) => {
  const { target } = await outcomeOf((sink) => write(sink, message));
  expect((await bench.stored(target)).map((event) => JSON.parse(event.message ?? '') as unknown)).toEqual([
    { timestamp: new Date(bench.nowMs).toISOString(), level: 'info', message },
  ]);
});

describe('names', () => {
  const legal = async (target: Target): Promise<number> => {
    const sink = bench.sink(target);
    write(sink, 'it');
    return (await sink.close()).delivered;
  };

  test.each([1, 511, 512])('a log group of %d characters', async (length) => {
    expect(await legal({ logGroupName: 'g'.repeat(length), logStreamName: 's' })).toBe(1);
  });

  test.each([1, 511, 512])('a log stream of %d characters', async (length) => {
    expect(await legal({ logGroupName: 'g', logStreamName: 's'.repeat(length) })).toBe(1);
  });

  test('every legal character of a log group, and nearly any of a stream', async () => {
    const target = { logGroupName: '/aws/._-/#AZaz09', logStreamName: '2026/01/15 [$LATEST] é€😀 "\\ %' };
    expect(await legal(target)).toBe(1);
    expect((await bench.stored(target)).length).toBe(1);
  });

  test.each([
    ['logGroupName', ''],
    ['logGroupName', 'g'.repeat(513)],
    ['logGroupName', 'aws/g'],
    ['logGroupName', 'with space'],
    ['logGroupName', 'é'],
    ['logGroupName', 'a:b'],
    ['logStreamName', 's'.repeat(513)],
    ['logStreamName', 'a:b'],
    ['logStreamName', 'a*b'],
    ['logStreamName', '2026-01-15T12:00:00Z'],
  ])('%s %j is refused at the start', (key, name) => {
    const target = { logGroupName: 'g', logStreamName: 's', [key]: name };
    const error = thrownBy(() => bench.sink(target)) as Error | undefined;
    expect(error?.name).toBe('SettingsError');
    expect(error?.message).toContain(`new CloudWatchSink: options.${key} is "${name.slice(0, 20)}`);
  });
});

describe('the queue', () => {
  /** A sink whose calls all hang, so that everything waits; its events go to stderr in the end. */
  async function fullSink(options: CloudWatchSinkOptions): Promise<CloudWatchSink> {
    bench.server.inject({ kind: 'hang', times: Infinity });
    return bench.sink({ ...(await bench.created(bench.newTarget())), ...options });
  }

  /** Closes at once: what waits is diverted, and the rest was dropped. */
  async function accountOf(sink: CloudWatchSink): Promise<[number, number, number]> {
    const report = await sink.close({ deadlineMs: 0 });
    expect(isBalanced(report)).toBe(true);
    expect([report.pending, report.pendingBytes, report.delivered]).toEqual([0, 0, 0]);
    return [
      report.accepted,
      report.diverted.byReason['deadline'] ?? 0,
      report.dropped.byReason['queueFull'] ?? 0,
    ];
  }

  test.each([
    [99, 99, 0],
    [100, 100, 0],
    [101, 100, 1],
  ])('of 100 events: %d', async (count, waiting, dropped) => {
    const sink = await fullSink({ maxQueueEvents: 100, batchSize: 10, overflowPolicy: 'drop_newest' });
    for (let index = 0; index < count; index++) write(sink, 'x');
    expect(sink.stats()).toMatchObject({ pending: waiting, dropped: { total: dropped } });
    // What tells of the loss finds no room either, and costs nothing.
    expect(await accountOf(sink)).toEqual([count, waiting, dropped]);
  });

  test.each([
    [-1, 0],
    [0, 0],
    [1, 1],
  ])('of 1 MiB: the last event ends %d bytes over', async (overBytes, dropped) => {
    const sink = await fullSink({ maxQueueBytes: MIB, overflowPolicy: 'drop_newest' });
    write(sink, messageOf(500_000));
    const { pendingBytes } = sink.stats();
    const encoded = (message: string): number =>
      Buffer.byteLength(
        JSON.stringify({
          timestamp: bench.nowMs,
          message: formatLine({ timeMs: bench.nowMs, level: 'info', message, fields: [] }),
        }),
      );
    // A comma, and what is kept of an event beside its bytes.
    const besides = 1 + SLOT_BYTES;
    write(sink, 'x'.repeat(MIB - pendingBytes - besides - encoded('') + overBytes));
    expect(sink.stats()).toMatchObject({ pending: 2 - dropped, dropped: { total: dropped } });
    await sink.close({ deadlineMs: 0 });
  });

  test('holds no more bytes than it may, whatever is logged', async () => {
    const sink = await fullSink({ maxQueueBytes: MIB, batchSize: 50 });
    for (const [index, character] of ['x', '"', '\u0000', '€', '😀', '\ud800'].entries()) {
      for (let each = 0; each < 60; each++) {
        write(sink, character.repeat(20_000), bench.nowMs + index);
        const { accepted, pending, dropped, pendingBytes } = sink.stats();
        expect(accepted).toBe(pending + dropped.total);
        // A comma, and the head of a request that the event begins.
        expect(pendingBytes).toBeLessThanOrEqual(MIB + 100);
      }
    }
    await sink.close({ deadlineMs: 0 });
  });

  describe.each([
    ['drop_oldest', ['b', 'c', 'd']],
    ['shed', ['a', 'c', 'd']],
    ['drop_newest', ['a', 'b', 'c']],
  ] as const)('%s', (overflowPolicy, kept) => {
    const levels = { a: 'error', b: 'debug', c: 'warn', d: 'info' } as const;

    /** Writes four events where three may wait for a call that hangs at first; which of them are stored in the end. */
    async function whatIsKept(options: CloudWatchSinkOptions): Promise<string[]> {
      const target = await bench.created(bench.newTarget());
      bench.server.inject({ kind: 'hang' });
      const retrying = { requestTimeoutSeconds: 0.2, retryBaseDelay: 0.001, maxConcurrency: 1 };
      const sink = bench.sink({ ...target, ...retrying, maxQueueEvents: 4, overflowPolicy, ...options });
      write(sink, 'first', bench.nowMs, 'fatal');
      const flushed = sink.flush();
      for (const [message, level] of Object.entries(levels)) write(sink, message, bench.nowMs + 1, level);
      expect(sink.stats()).toMatchObject({ pending: 4, dropped: { total: 1 } });
      await flushed;
      // With what tells of the loss, once there is room.
      await sink.flush();
      const report = await sink.close();
      expect(isBalanced(report)).toBe(true);
      expect(report).toMatchObject({ accepted: 6, delivered: 5, dropped: { total: 1 }, pending: 0 });
      const stored = await bench.stored(target);
      const messages = stored.map(
        (event) => (JSON.parse(event.message ?? '') as { message: string }).message,
      );
      return messages.filter((message) => message.length === 1);
    }

    test('of sealed batches', async () => {
      expect(await whatIsKept({ batchSize: 1 })).toEqual(kept);
    });

    test('of the batch that is being filled', async () => {
      expect(await whatIsKept({ batchSize: 10_000 })).toEqual(kept);
    });
  });

  // The event that tells of a loss makes room for itself, where the ones that wait are in its way.
  test('to tell of a loss at the end costs no other event', async () => {
    const sink = await fullSink({
      maxQueueEvents: 100,
      batchSize: 10,
      overflowPolicy: 'drop_oldest',
      maxConcurrency: 1,
    });
    for (let index = 0; index < 110; index++) write(sink, 'x', bench.nowMs + (index >> 4));
    const { dropped } = sink.stats();
    const report = await sink.close({ deadlineMs: 0 });
    expect(report.dropped.total).toBe(dropped.total);
  });
});

test('a producer that waits until there is room does not wait for the time of a batch that is too small to be sent', async () => {
  const target = await bench.created(bench.newTarget());
  const sink = bench.sink({ ...target, batchTimeoutSeconds: 3_600, maxQueueEvents: 10 });
  for (let count = 0; count < 6; count++) write(sink, 'order placed');
  expect(sink.needsDrain).toBe(true);
  await sink.ready();
  expect(sink.stats()).toMatchObject({ delivered: 6, pending: 0 });
});
