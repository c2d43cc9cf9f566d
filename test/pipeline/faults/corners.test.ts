import { isBalanced } from '../../../runtime/ack/ledger.js';
import { DeliveryStage, pause, until, useDummyCredentials } from '../../support/delivery-stage.js';

/**
 * Corners in which something was once wrong. What is marked as failing should hold and does not yet; it turns red on
 * the day when it does, and then the mark goes.
 */

const MIB = 1_048_576;
const FOR_EVER = Number.POSITIVE_INFINITY;

let stage: DeliveryStage | undefined;

afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

async function open(...[options]: Parameters<typeof DeliveryStage.open>): Promise<DeliveryStage> {
  stage = await DeliveryStage.open(options);
  return stage;
}

describe('poison', () => {
  // Its neighbours of the same millisecond wait for it, and it waits for one of them to be delivered.
  test('the first event of its millisecond is bad: it alone is rejected', async () => {
    const { sink, rejected } = await open();
    stage!.inject({ kind: 'poison', text: '"id":0' });
    const now = Date.now();
    for (let id = 0; id < 10; id++) stage!.logAt(now);
    expect(await sink.flush({ deadlineMs: 2_000 })).toMatchObject({ delivered: 9, pending: 0 });
    expect(rejected).toHaveLength(1);
  });
});

describe('age', () => {
  // Its own call has just failed: it must not count as in flight.
  test('a batch that is alone is diverted when it is too old', async () => {
    const { sink } = await open({ sink: { maxBatchAgeSeconds: 1, circuitBreakerEnabled: false } });
    stage!.inject({ kind: 'unavailable', times: FOR_EVER });
    stage!.log();
    expect(await sink.flush({ deadlineMs: 2_500 })).toMatchObject({ diverted: { total: 1 }, pending: 0 });
  });

  // A missing target is a failure of another kind, and grows old like any other.
  test('events for a group that is missing are diverted when they are too old', async () => {
    const sinkOptions = { maxBatchAgeSeconds: 1, createLogGroup: false };
    const { sink } = await open({ provisioned: false, sink: sinkOptions });
    stage!.log();
    await pause(3);
    stage!.log();
    expect(await sink.flush({ deadlineMs: 2_500 })).toMatchObject({ diverted: { total: 2 }, pending: 0 });
  });
});

describe('overflow', () => {
  const small = { maxQueueEvents: 10, batchTimeoutSeconds: 60 } as const;

  // All of it may stand in the batch that is being filled, which must not be sent off when it is looked at.
  test('shed: no error is dropped while lower levels are held', async () => {
    const { sink } = await open({ sink: { ...small, overflowPolicy: 'shed' } });
    for (let each = 0; each < 10; each++) stage!.log('debug');
    stage!.log('error');
    await sink.flush();
    expect((await stage!.stored()).map(({ id }) => id)).toContain(10);
  });

  test('drop_oldest: the newest event is held', async () => {
    const { sink } = await open({ sink: { ...small, overflowPolicy: 'drop_oldest' } });
    for (let each = 0; each < 11; each++) stage!.log();
    await sink.flush();
    expect((await stage!.stored()).map(({ id }) => id)).toContain(10);
  });

  // The event that tells of the loss takes room, too.
  test.each(['shed', 'drop_oldest', 'drop_newest'] as const)(
    '%s: what the stream says is missing is what the ledger says is dropped, also after close',
    async (overflowPolicy) => {
      // Nothing that has failed comes back by itself before the close.
      const slow = { retryBaseDelay: 600, circuitBreakerEnabled: false, gzip: false, maxConcurrency: 1 };
      await open({ sink: { ...slow, batchSize: 10, maxQueueEvents: 100, overflowPolicy } });
      stage!.inject({ kind: 'unavailable', times: FOR_EVER });
      await stage!.logMany(100, 10);
      await until(() => stage!.puts.filter(({ status }) => status === 503).length === 10);
      await stage!.logMany(10, 10);
      stage!.clearFaults();
      const { lines, report } = await stage!.settle();
      const told = lines.reduce((sum, { droppedEvents = 0 }) => sum + droppedEvents, 0);
      expect(report.dropped.total).toBeGreaterThan(0);
      expect(told).toBe(report.dropped.total);
    },
  );

  // The head and the tail of a body count, too.
  test('memory never holds more than maxQueueBytes', async () => {
    const { sink } = await open({ sink: { maxQueueBytes: MIB, batchTimeoutSeconds: 60 } });
    // The largest event that is let in.
    for (let size = MIB - 50; sink.stats().pending === 0; size--) {
      sink.write({ timeMs: Date.now(), level: 'info', message: 'x'.repeat(size), fields: [] });
    }
    expect(sink.stats().pendingBytes).toBeLessThanOrEqual(MIB);
  });
});

describe('close', () => {
  // The pause is the whole sender's.
  test('does not wait for the end of the pause that a throttled call has asked for', async () => {
    const { sink } = await open();
    stage!.inject({ kind: 'throttle', retryAfterSeconds: 30 });
    await stage!.logMany(100);
    await until(() => stage!.diagnostics.length === 1);
    await pause(50);
    expect(await sink.close({ deadlineMs: 2_000 })).toMatchObject({ delivered: 100, pending: 0 });
  });
});

describe('the ledger, as a hook sees it', () => {
  // The batch leaves the queue as one, and its ranges enter the ledger one after the other.
  test('isBalanced when events of one call are rejected for two reasons', async () => {
    const seen: boolean[] = [];
    const { sink } = await open({ onRejected: () => seen.push(isBalanced(sink.stats())) });
    const rejectedLogEventsInfo = { tooOldLogEventEndIndex: 2, tooNewLogEventStartIndex: 8 };
    stage!.inject({ kind: 'partialReject', rejectedLogEventsInfo });
    await stage!.logMany(10);
    await sink.flush();
    expect(seen).toEqual([true, true, true, true]);
  });

  // The new event has no place yet while others are dropped to make room for it.
  test('isBalanced when events are dropped to make room', async () => {
    const seen: boolean[] = [];
    const limits = { maxQueueEvents: 20, batchSize: 10, overflowPolicy: 'drop_oldest' } as const;
    const { sink } = await open({
      sink: limits,
      onDiagnostic: ({ code }) => code === 'dropped.queueFull' && seen.push(isBalanced(stage!.sink.stats())),
    });
    stage!.inject({ kind: 'throttle', retryAfterSeconds: 30, times: FOR_EVER });
    await stage!.logMany(20, 10);
    await until(() => stage!.puts.length === 2 && stage!.puts.every(({ status }) => status === 400));
    await pause(20);
    stage!.log();
    expect(sink.stats().dropped.total).toBe(1);
    expect(seen).toEqual([true]);
  });

  // Each report makes a log call, which is dropped and reported, and so on.
  test('isBalanced although a diagnostic is logged through the logger that it is about', async () => {
    const { sink } = await open({
      sink: { maxQueueEvents: 20, batchSize: 10, overflowPolicy: 'drop_newest' },
      onDiagnostic: ({ message }) => stage?.logger.warn(message),
    });
    stage!.inject({ kind: 'throttle', retryAfterSeconds: 30, times: FOR_EVER });
    await stage!.logMany(30, 10);
    const report = await sink.close({ deadlineMs: 0 });
    expect(isBalanced(report)).toBe(true);
    expect(report.accepted).toBeLessThan(100);
  });
});

describe('diagnostics', () => {
  // It is the close that aborted the call, and no event waits any more.
  test('a call that is given up at the deadline of close is no failure', async () => {
    const { sink, diagnostics } = await open({ sink: { batchSize: 10 } });
    stage!.inject({ kind: 'hang' });
    await stage!.logMany(10);
    await until(() => stage!.puts.length === 1);
    await sink.close({ deadlineMs: 50 });
    await pause(20);
    expect(diagnostics.map(({ code }) => code)).toEqual(['diverted.deadline']);
  });

  // bindTo and grantWrite grant CreateLogStream and PutLogEvents, never this.
  test('a denied CreateLogGroup is not blamed on a missing bindTo', async () => {
    const { sink, diagnostics } = await open({ provisioned: false });
    stage!.inject({ kind: 'accessDenied', operation: 'CreateLogGroup' });
    stage!.log();
    await sink.flush();
    expect(diagnostics[0]!.message).toContain('logs:CreateLogGroup');
    expect(diagnostics[0]!.message).not.toMatch(/bindTo|grantWrite|on the streams/);
  });
});

describe('credentials', () => {
  afterEach(() => useDummyCredentials());

  // The client asks its provider once, and keeps for ever what has no expiry date of its own.
  test('that were refused are asked for again', async () => {
    const { sink } = await open({ sink: { circuitBreakerEnabled: false } });
    stage!.inject({
      kind: 'expiredCredentials',
      times: FOR_EVER,
      when: ({ accessKeyId }) => accessKeyId === 'AKIDSINK',
    });
    stage!.log();
    await until(() => stage!.puts.length > 2);
    useDummyCredentials('AKIDNEW');
    expect(await sink.flush({ deadlineMs: 2_000 })).toMatchObject({ delivered: 1, pending: 0 });
  });
});
