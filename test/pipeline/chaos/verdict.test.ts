import type { DeliveryReport } from '../../../runtime/delivery-report.js';
import type { CallRecord } from '../../../local/index.js';
import type { Entry } from './journal.js';
import { planOf, type Life } from './plan.js';
import { IDS_A_LIFE, type Lived, type Remains } from './run.js';
import { complaints } from './verdict.js';

const NOW_MS = 1_768_478_400_000;

const none = { total: 0, byReason: {} };

function report(counts: Partial<DeliveryReport>): DeliveryReport {
  return {
    accepted: 0,
    delivered: 0,
    rejected: none,
    spooled: 0,
    diverted: none,
    dropped: none,
    pending: 0,
    logGroupName: '/myapp/production',
    logStreamName: 'life-1',
    calls: 1,
    pendingBytes: 0,
    adopted: 0,
    oversize: { truncate: 0, split: 0, drop: 0 },
    spoolBytes: 0,
    circuitBreaker: 'closed',
    ...counts,
  };
}

const life: Life = {
  number: 1,
  isWorker: false,
  hook: 'none',
  steps: [],
  ending: 'close',
  killAfterMs: 0,
};

const firstId = IDS_A_LIFE;
const message = (at: number): string => `{"level":"info","message":"order ${firstId + at}"}`;
const stored = (...ids: number[]): Remains['stored'] =>
  ids.map((at) => ({ stream: 'life-1', message: message(at) }));

function entry(counts: Partial<DeliveryReport>, more: Partial<Entry> = {}): Entry {
  const account = report(counts);
  return {
    atMs: NOW_MS,
    nextId: firstId + 3,
    unsure: [],
    rejected: [],
    timeoutsAtMs: [],
    account,
    isLast: true,
    ...more,
  };
}

/** A program that logged three events. */
function lived(last: Entry, more: Partial<Lived> = {}): Lived {
  const ended = { by: 0, stdout: '', stderr: '', msAfterReady: 1 };
  return { life, firstId, journal: [last], ended, ...more };
}

const row = { accessKeyId: 'AKIDLIFE1', status: 200, stored: 1, settledAtMs: NOW_MS - 60_000 } as CallRecord;

const good: Remains = {
  plan: { ...planOf(1), sink: { spoolMode: 'always' } },
  lives: [lived(entry({ accepted: 3, delivered: 3 }))],
  heir: report({}),
  stored: stored(0, 1, 2),
  diverted: [],
  rejected: [],
  attempts: [],
};

const oneDropped = { accepted: 3, delivered: 2, dropped: { total: 1, byReason: { queueFull: 1 } } };

const asKilled = (by: 'SIGKILL' | 0): Lived =>
  lived(entry({ accepted: 3, delivered: 3 }, { isLast: false }), {
    life: { ...life, ending: 'SIGKILL' },
    ended: { by, stdout: '', stderr: '', msAfterReady: 1 },
  });

test.each<[string, Partial<Remains>]>([
  ['all is there', {}],
  ['one is dropped and counted', { stored: stored(0, 1), lives: [lived(entry(oneDropped))] }],
  ['one is on stderr, one was rejected', { stored: stored(0), diverted: stored(1), rejected: [message(2)] }],
  [
    'a call threw, and its event was not accepted',
    { stored: stored(0, 1), lives: [lived(entry({ accepted: 2, delivered: 2 }, { unsure: [firstId + 2] }))] },
  ],
  [
    'one is there twice, and its call was not answered',
    { stored: stored(0, 1, 2, 2), attempts: [{ row, messages: [message(2)], isUnanswered: true }] },
  ],
  [
    'one is there twice, and the program ended before the answer was there',
    {
      stored: stored(0, 1, 2, 2),
      attempts: [{ row: { ...row, settledAtMs: NOW_MS }, messages: [message(2)], isUnanswered: false }],
      lives: [
        lived(entry({}), {
          journal: [entry({}, { isLast: false }), entry({ accepted: 3, delivered: 3 })],
        }),
      ],
    },
  ],
  [
    'what was in memory is gone with a process that was killed',
    { stored: stored(0), lives: [asKilled('SIGKILL')], plan: { ...good.plan, sink: {} } },
  ],
])('no complaint where %s', (_, remains) => {
  expect(complaints({ ...good, ...remains })).toEqual([]);
});

test.each<[string, Partial<Remains>, RegExp]>([
  ['an event is nowhere', { stored: stored(0, 1) }, /1 events are nowhere, 0 are counted/],
  [
    'an event is dropped and found',
    { lives: [lived(entry(oneDropped))] },
    /the accounts are wrong by -1 events/,
  ],
  [
    'an event was not accepted',
    { lives: [lived(entry({ accepted: 2, delivered: 2 }))] },
    /3 events are known, and its account has 2/,
  ],
  [
    'an account does not balance',
    { lives: [lived(entry({ accepted: 3, delivered: 2 }))] },
    /account 0 does not balance/,
  ],
  [
    'something is pending at the end',
    { lives: [lived(entry({ accepted: 3, delivered: 2, pending: 1 }))] },
    /1 events are pending/,
  ],
  [
    'the last account is missing',
    { lives: [lived(entry({ accepted: 3, delivered: 3 }, { isLast: false }))] },
    /wrote no last account/,
  ],
  ['an event was never logged', { stored: stored(0, 1, 2, 3) }, /event 1000003 was never logged/],
  [
    'an event is there twice, and its call was answered',
    {
      stored: stored(0, 1, 2, 2),
      attempts: [{ row, messages: [message(2)], isUnanswered: false }],
      lives: [
        lived(entry({}), {
          journal: [entry({}, { isLast: false }), entry({ accepted: 3, delivered: 3 })],
        }),
      ],
    },
    /1 events are there again without a call in doubt: 1000002 \(2 times\)/,
  ],
  [
    'an event was written ahead and is gone with a process that was killed',
    { stored: stored(0, 1), lives: [asKilled('SIGKILL')] },
    /1 events are nowhere/,
  ],
  ['a program ended otherwise', { lives: [asKilled(0)] }, /ended by 0/],
])('a complaint where %s', (_, remains, complaint) => {
  expect(complaints({ ...good, ...remains }).join('\n')).toMatch(complaint);
});
