import { DAY_MS } from '../../local/harness.js';
import { pause, TARGET, type DeliveryStage } from '../../support/delivery-stage.js';
import type { Scenario } from './scenario.js';

const POISON = 'poison';
const DAMAGED = ['failed.InvalidParameterException', 'rejected.InvalidParameterException'];
const oneBatch = { sink: { batchSize: 5_000, batchTimeoutSeconds: 60 } };

function reasons(stage: DeliveryStage): [string, number][] {
  return stage.rejected.map(({ reason, message }) => [reason, (JSON.parse(message) as { id: number }).id]);
}

async function logWith(stage: DeliveryStage, count: number, ...poisonous: readonly number[]): Promise<void> {
  stage.inject({ kind: 'poison', text: POISON });
  for (let id = 0; id < count; id++) stage.log('info', poisonous.includes(id) ? POISON : '');
  await stage.sink.flush();
}

/** Single events are at fault, or are said to be. */
export const events: readonly Scenario[] = [
  {
    name: 'one event that the service calls malformed, in a call of 5,000',
    options: oneBatch,
    run: (stage) => logWith(stage, 5_000, 1_234),
    rejected: 1,
    says: DAMAGED,
    check: ({ rejected }, { puts }) => {
      expect(rejected).toEqual([1_234]);
      // 13 halvings, each of which makes two calls of one that was refused.
      expect(puts.length).toBeLessThanOrEqual(1 + 2 * 13 + 2);
    },
  },
  {
    name: 'two of them, one of which is the last of the call',
    options: oneBatch,
    run: (stage) => logWith(stage, 5_000, 1_234, 4_999),
    rejected: 2,
    says: DAMAGED,
    check: ({ rejected }) => expect(rejected.toSorted((a, b) => a - b)).toEqual([1_234, 4_999]),
  },
  {
    name: 'one of them, and nothing else is logged',
    run: (stage) => logWith(stage, 1, 0),
    rejected: 1,
    says: DAMAGED,
  },
  {
    name: 'a service that calls everything malformed for a while',
    async run(stage) {
      const times = Number.POSITIVE_INFINITY;
      stage.inject({
        kind: 'error',
        status: 400,
        errorName: 'InvalidParameterException',
        message: 'No.',
        times,
      });
      // Each in a millisecond of its own, so that none has to wait for another.
      const now = Date.now();
      for (let id = 0; id < 500; id++) stage.logAt(now - 500 + id);
      await pause(500);
      stage.clearFaults();
      await stage.sink.flush();
    },
    says: ['failed.InvalidParameterException'],
    check: (_, { puts }) => {
      // 10 batches; they are divided 20 times at the most before it is clear that no event is to blame.
      expect(puts.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(30);
    },
  },
  {
    name: 'too large, says the service: 413 twice',
    async run(stage) {
      stage.inject({ kind: 'tooLarge', times: 2 });
      await stage.logMany(500);
      await stage.sink.flush();
    },
    says: ['failed.RequestEntityTooLargeException'],
  },
  {
    name: 'a call taken in part: 2 too old, 2 expired, 1 too new of 7',
    async run(stage) {
      stage.inject({
        kind: 'partialReject',
        rejectedLogEventsInfo: {
          tooOldLogEventEndIndex: 2,
          expiredLogEventEndIndex: 4,
          tooNewLogEventStartIndex: 6,
        },
      });
      await stage.logMany(7);
      await stage.sink.flush();
    },
    rejected: 5,
    says: ['rejected.expired', 'rejected.tooNew', 'rejected.tooOld'],
    check: ({ report }, stage) => {
      expect(report.rejected.byReason).toEqual({ tooOld: 2, expired: 2, tooNew: 1 });
      expect(reasons(stage)).toEqual([
        ['tooOld', 0],
        ['tooOld', 1],
        ['expired', 2],
        ['expired', 3],
        ['tooNew', 6],
      ]);
    },
  },
  {
    name: 'a whole call taken and discarded as too new',
    async run(stage) {
      stage.inject({ kind: 'rejectAll', reason: 'tooNew' });
      await stage.logMany(100);
      await stage.sink.flush();
    },
    rejected: 50,
    says: ['rejected.tooNew'],
  },
  {
    name: 'a retention that the sink does not know of',
    async run(stage) {
      await stage.client.putRetentionPolicy({ logGroupName: TARGET.logGroupName, retentionInDays: 1 });
      const now = Date.now();
      for (let id = 0; id < 20; id++) stage.logAt(now - (id < 5 ? 1.5 * DAY_MS : 0));
      await stage.sink.flush();
    },
    rejected: 5,
    says: ['rejected.expired'],
    check: ({ rejected }) => expect(rejected).toEqual([0, 1, 2, 3, 4]),
  },
  {
    name: 'events outside the time that the service takes',
    async run(stage) {
      const now = Date.now();
      for (const days of [-15, -13, 0, 1]) stage.logAt(now + days * DAY_MS);
      await stage.sink.flush();
    },
    diverted: 2,
    says: ['diverted.tooNew', 'diverted.tooOld'],
    check: ({ diverted }, { puts }) => {
      expect(diverted).toEqual([0, 3]);
      expect(puts.every(({ rejected }) => rejected === 0)).toBe(true);
    },
  },
];
