import * as fc from 'fast-check';
import { Ledger } from '../../../runtime/ack/ledger.js';
import type { EncodedBatch } from '../../../runtime/batch/encoded-batch.js';
import { rejectedRanges } from '../../../runtime/send/rejections.js';
import { Settler, type RejectedLogEvent, type RejectionHook } from '../../../runtime/ack/settler.js';
import { Diagnostics } from '../../../runtime/io/diagnostics.js';
import { ManualClock } from '../../support/manual-clock.js';
import { batchAt, batchOf, event, NOW_MS, TARGET } from '../../support/events.js';

interface BenchOptions {
  readonly hasStderr?: boolean;
  readonly onRejected?: RejectionHook;
  /** Whether the disk takes a batch; there is none by default. */
  readonly isKept?: boolean;
}

function bench({ hasStderr = true, onRejected, isKept }: BenchOptions = {}) {
  const ledger = new Ledger();
  const told: string[] = [];
  const written: string[] = [];
  const settler = new Settler({
    ledger,
    clock: new ManualClock(),
    diagnostics: new Diagnostics(
      new ManualClock(),
      () => undefined,
      ({ code, message }) => told.push(`${code}: ${message}`),
    ),
    writeStderr: (text) => {
      if (hasStderr) written.push(text);
      return hasStderr;
    },
    onRejected,
    keep: isKept === undefined ? undefined : () => isKept,
  });
  return { settler, told, written, account: () => ledger.account(0) };
}

const three = (): EncodedBatch => batchAt(NOW_MS, NOW_MS + 1, NOW_MS + 2);

test('whatever the service discarded, each event of the call is entered once', () => {
  const index = fc.option(fc.integer({ min: -2, max: 12 }), { nil: undefined });
  const infos = fc.record({
    tooOldLogEventEndIndex: index,
    expiredLogEventEndIndex: index,
    tooNewLogEventStartIndex: index,
  });
  fc.assert(
    fc.property(infos, fc.integer({ min: 1, max: 10 }), (info, count) => {
      const heard: RejectedLogEvent[] = [];
      const { settler, account } = bench({ onRejected: (rejected) => heard.push(rejected) });
      const batch = batchAt(...Array.from({ length: count }, (_, at) => NOW_MS + at));
      settler.delivered(batch, rejectedRanges(info, count));
      const { delivered, rejected } = account();
      expect(delivered + rejected.total).toBe(count);
      expect(heard).toHaveLength(rejected.total);
      expect(new Set(heard.map(({ timestamp }) => timestamp)).size).toBe(rejected.total);
    }),
  );
});

test('a success is counted and not spoken of', () => {
  const { settler, account, told, written } = bench();
  settler.delivered(three(), []);
  expect([account().delivered, told, written]).toEqual([3, [], []]);
});

test('a success in part: the discarded ones are handed over, each with its reason', () => {
  const heard: RejectedLogEvent[] = [];
  const { settler, account, told } = bench({ onRejected: (rejected) => heard.push(rejected) });
  settler.delivered(three(), [
    { reason: 'expired', start: 0, end: 1 },
    { reason: 'tooNew', start: 2, end: 3 },
  ]);
  expect(account()).toMatchObject({
    delivered: 1,
    rejected: { total: 2, byReason: { expired: 1, tooNew: 1 } },
  });
  expect(heard).toEqual([
    { reason: 'expired', timestamp: NOW_MS, message: String(NOW_MS) },
    { reason: 'tooNew', timestamp: NOW_MS + 2, message: String(NOW_MS + 2) },
  ]);
  const where = 'rejected by log stream api-server of log group /myapp/production';
  expect(told).toEqual([
    `rejected.expired: 1 log event was ${where}: expired`,
    `rejected.tooNew: 1 log event was ${where}: tooNew`,
  ]);
});

test('a refused batch is said in one sentence', () => {
  const { settler, account, told } = bench();
  settler.refused(three(), 'InvalidParameterException');
  expect(account().rejected).toEqual({ total: 3, byReason: { InvalidParameterException: 3 } });
  expect(told).toEqual([
    'rejected.InvalidParameterException: 3 log events were rejected by log stream api-server of log group /myapp/production: InvalidParameterException',
  ]);
});

describe('a hook that throws', () => {
  test('hears of the other events, and the account is right', () => {
    let calls = 0;
    const { settler, account, told } = bench({
      onRejected: () => {
        calls++;
        throw new Error('no');
      },
    });
    expect(() => settler.refused(three(), 'tooOld')).not.toThrow();
    expect([calls, account().rejected.total, told.slice(1)]).toEqual([
      3,
      3,
      Array(3).fill('hook: onRejected threw: no'),
    ]);
  });

  test.each([['text'], [undefined], [Symbol('odd')], [Object.create(null)]])('may throw %p', (thrown) => {
    const { settler } = bench({
      onRejected: () => {
        throw thrown;
      },
    });
    expect(() => settler.refused(three(), 'tooOld')).not.toThrow();
  });
});

describe('what is given up', () => {
  const odd = batchOf([event('{"message":"a\\nb"}', NOW_MS), event('€"\u0000', NOW_MS + 1)]);

  test('goes to stderr in one write, a JSON line an event, with where and why', () => {
    const { settler, account, written, told } = bench();
    settler.givenUp(odd, 'deadline');
    const member = { diverted: 'deadline', ...TARGET };
    expect(written).toEqual([
      `${JSON.stringify({ ...member, timestamp: NOW_MS, message: '{"message":"a\\nb"}' })}\n` +
        `${JSON.stringify({ ...member, timestamp: NOW_MS + 1, message: '€"\u0000' })}\n`,
    ]);
    expect(account().diverted).toEqual({ total: 2, byReason: { deadline: 2 } });
    expect(told).toEqual([
      'diverted.deadline: 2 log events were diverted to stderr, for log stream api-server of log group /myapp/production: deadline',
    ]);
  });

  test('names the stream that it was for, and not the service as a request does', () => {
    const { settler, written } = bench();
    const entityText = '{"keyAttributes":{"Type":"Service"}}';
    settler.givenUp(batchOf([event('{}', NOW_MS)], { ...TARGET, entityText }), 'deadline');
    expect(JSON.parse(written.join(''))).toEqual({
      diverted: 'deadline',
      ...TARGET,
      timestamp: NOW_MS,
      message: '{}',
    });
  });

  test('has a level where Lambda would discard a line without one', () => {
    const env = { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'WARN' };
    const replaced = jest.replaceProperty(process, 'env', { ...process.env, ...env });
    const { settler, written } = bench();
    settler.givenUp(odd, 'deadline');
    replaced.restore();
    const lines = written.join('').trimEnd().split('\n');
    const kept = lines.map((line) => JSON.parse(line) as { readonly message: string });
    expect(kept).toEqual(
      lines.map(() => ({
        timestamp: new Date(0).toISOString(),
        level: 'warn',
        message: expect.any(String) as string,
      })),
    );
    expect(kept.map(({ message }) => JSON.parse(message) as unknown)).toEqual([
      { diverted: 'deadline', ...TARGET, timestamp: NOW_MS, message: '{"message":"a\\nb"}' },
      { diverted: 'deadline', ...TARGET, timestamp: NOW_MS + 1, message: '€"\u0000' },
    ]);
  });

  test('is lost, and counted as lost, where stderr is gone', () => {
    const { settler, account, told } = bench({ hasStderr: false });
    settler.givenUp(odd, 'maxBatchAge');
    expect(account()).toMatchObject({
      diverted: { total: 0 },
      dropped: { total: 2, byReason: { stderrUnavailable: 2 } },
    });
    expect(told).toEqual([
      'dropped.stderrUnavailable: 2 log events were lost, for log stream api-server of log group /myapp/production: maxBatchAge',
    ]);
  });
});

describe('with a disk, what is given up', () => {
  test('rests there, and is not on stderr', () => {
    const { settler, account, told, written } = bench({ isKept: true });
    settler.givenUp(three(), 'deadline');
    expect([account().diverted.total, account().dropped.total, written]).toEqual([0, 0, []]);
    expect(told).toEqual([
      'spooled.deadline: 3 log events were spooled, for log stream api-server of log group /myapp/production: deadline',
    ]);
  });

  test('goes to stderr if the disk refuses', () => {
    const { settler, account } = bench({ isKept: false });
    settler.givenUp(three(), 'deadline');
    expect(account().diverted).toEqual({ total: 3, byReason: { deadline: 3 } });
  });

  test.each(['tooOld', 'expired', 'tooNew'])(
    'goes to stderr if no later attempt is worth it: %s',
    (reason) => {
      const { settler, account } = bench({ isKept: true });
      settler.givenUp(three(), reason);
      expect(account().diverted).toEqual({ total: 3, byReason: { [reason]: 3 } });
    },
  );
});

test.each<[string, (settler: Settler, batch: EncodedBatch) => void, boolean, number[]]>([
  ['delivered', (settler, batch) => settler.delivered(batch, []), false, [3]],
  ['refused', (settler, batch) => settler.refused(batch, 'tooOld'), false, [3]],
  ['diverted', (settler, batch) => settler.givenUp(batch, 'deadline'), false, [3]],
  ['kept, which is its own affair,', (settler, batch) => settler.givenUp(batch, 'deadline'), true, []],
])('a batch that is %s is released where else it is held', (_, settle, isKept, expected) => {
  const released: number[] = [];
  const { settler } = bench({ isKept });
  settle(settler, three().backedBy({ release: (count) => released.push(count) }));
  expect(released).toEqual(expected);
});
