import type { DeliveryReport } from 'fapilog-cloudwatch';
import { audit } from '../../demo/audit.js';
import type { StoredLogs } from '../../demo/read-back.js';

const none = { total: 0, byReason: {} };

const report: DeliveryReport = {
  accepted: 3,
  delivered: 3,
  rejected: none,
  spooled: 0,
  diverted: none,
  dropped: none,
  pending: 0,
  logGroupName: '/myapp/production',
  logStreamName: 'api',
  calls: 1,
  oversize: { truncate: 0, split: 0, drop: 0 },
  pendingBytes: 0,
  adopted: 0,
  spoolBytes: 0,
  circuitBreaker: 'closed',
};

function stored(...lines: Record<string, unknown>[]): StoredLogs {
  return {
    retentionInDays: 30,
    logStreamNames: ['api'],
    events: lines.map((line, timestamp) => ({ timestamp, line })),
  };
}

const started = { message: 'service started' };
const first = { message: 'request served', requestId: 'a' };
const second = { message: 'request served', requestId: 'b' };

test('nothing is found when every accepted event was read back once', () => {
  expect(audit(report, ['a', 'b'], stored(started, first, second))).toEqual([]);
});

test('an event that is missing is found', () => {
  expect(audit(report, ['a', 'b'], stored(started, first))).toEqual([
    '2 of 3 were read back',
    '1 requests have no line, such as b',
  ]);
});

test('an event that is stored twice is found, also if another one makes up for it in number', () => {
  expect(audit(report, ['a'], stored(started, first, first))).toEqual([
    '1 lines were stored more than once, such as a',
  ]);
});

test('a report that does not balance is found', () => {
  const unbalanced = { ...report, accepted: 4 };
  expect(audit(unbalanced, ['a', 'b'], stored(started, first, second))).toEqual([
    `the ledger does not balance: ${JSON.stringify(unbalanced)}`,
    '4 events were accepted, 3 delivered',
    '3 of 4 were read back',
  ]);
});
