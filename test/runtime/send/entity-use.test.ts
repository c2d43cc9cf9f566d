import { EntityUse } from '../../../runtime/send/entity-use.js';
import type { Verdict } from '../../../runtime/send/verdict.js';
import { OpenBatch } from '../../../runtime/batch/open-batch.js';
import { batchAt, event, NOW_MS, TARGET } from '../../support/events.js';

const ENTITY = '{"keyAttributes":{"Type":"Service","Name":"api"}}';

const DELIVERED: Verdict = { kind: 'delivered', rejected: [] };
const BARE: Verdict = { kind: 'bare', reason: 'ValidationException' };
const DIVIDE: Verdict = { kind: 'divide', reason: 'ValidationException' };
const RETRY: Verdict = { kind: 'retry', ladder: 'transient', reason: 'InternalFailure' };

function relatedBatch(entityText = ENTITY) {
  const open = new OpenBatch({ ...TARGET, entityText });
  open.add(event('a', NOW_MS));
  return open.seal();
}

function bench() {
  const reports: string[] = [];
  const use = new EntityUse((code, message) => void reports.push(`${code}: ${message}`));
  /** What becomes of a batch: whether each call has the entity. */
  const called = (batch = relatedBatch(), ...verdicts: Verdict[]): boolean[] =>
    verdicts.map((verdict) => {
      const hasEntity = use.isFor(batch);
      use.judged(batch, hasEntity, verdict);
      return hasEntity;
    });
  return { reports, use, called };
}

test('a batch without an entity has none to send', () => {
  const { use } = bench();
  expect(use.isFor(batchAt(NOW_MS))).toBe(false);
  expect(use.isFor(relatedBatch())).toBe(true);
});

test('an endpoint that refuses calls for their entity gets one, and none after it took the same batch without', () => {
  const { called, reports } = bench();
  expect(called(relatedBatch(), BARE, DELIVERED)).toEqual([true, false]);
  expect(called(relatedBatch(), DELIVERED)).toEqual([false]);
  expect(reports).toEqual([expect.stringMatching(/^entity\.refused: .*\/myapp\/production.*ENTITY=false/)]);
});

test.each<[string, Verdict]>([
  ['refused', DIVIDE],
  ['not answered', RETRY],
])('an entity is not to blame where the batch is %s without it, too', (_, verdict) => {
  const { called, reports } = bench();
  expect(called(relatedBatch(), BARE, verdict, DELIVERED)).toEqual([true, false, true]);
  expect(called(relatedBatch(), BARE, DELIVERED, DELIVERED)).toEqual([true, false, true]);
  expect(reports).toEqual([]);
});

test('it is not to blame where others with theirs are taken', () => {
  const { called, reports, use } = bench();
  const suspect = relatedBatch();
  called(suspect, BARE);
  called(relatedBatch(), DELIVERED);
  expect(called(suspect, DELIVERED)).toEqual([false]);
  expect([use.isFor(relatedBatch()), reports]).toEqual([true, []]);
});

test('one that the endpoint took once, and then refuses twice in a row, is not sent any more', () => {
  const { called, reports } = bench();
  called(relatedBatch(), DELIVERED);
  expect(called(relatedBatch(), BARE, DELIVERED)).toEqual([true, false]);
  expect(reports).toEqual([]);
  expect(called(relatedBatch(), BARE, DELIVERED)).toEqual([true, false]);
  expect(called(relatedBatch(), DELIVERED)).toEqual([false]);
  expect(reports).toHaveLength(1);
});

test('that of another service, left in the spool, is refused for itself alone', () => {
  const { called, use } = bench();
  const other = ENTITY.replace('api', 'worker');
  expect(called(relatedBatch(other), BARE, DELIVERED)).toEqual([true, false]);
  expect([use.isFor(relatedBatch(other)), use.isFor(relatedBatch())]).toEqual([false, true]);
});

describe('an entity that is rejected', () => {
  const target = { ...TARGET, entityText: ENTITY };

  test('is reported once for each reason, with what to do', () => {
    const { use, reports } = bench();
    for (const errorType of ['InvalidKeyAttributes', 'InvalidKeyAttributes', 'UnsupportedLogGroupType'])
      use.rejected(target, errorType);
    expect(reports).toEqual([
      expect.stringMatching(/^entity\.InvalidKeyAttributes: .*"Name":"api".*check service and env/),
      expect.stringMatching(
        /^entity\.UnsupportedLogGroupType: .*class of log group takes none.*ENTITY=false/,
      ),
    ]);
  });

  test.each([undefined, null, 5, {}])('without a reason (%j) nothing is reported', (errorType) => {
    const { use, reports } = bench();
    use.rejected(target, errorType);
    expect(reports).toEqual([]);
  });
});
