import { EncodedBatch, type Backing } from '../../../runtime/batch/encoded-batch.js';
import { DeliveryQueue } from '../../../runtime/queue/delivery-queue.js';
import {
  carried,
  type FromThread,
  type HandedBatch,
  type Outcome,
} from '../../../runtime/worker/messages.js';
import { drainAtExit } from '../../../runtime/worker/exit-drain.js';
import { batchOf, event, linesOf, NOW_MS } from '../../support/events.js';

class Held implements Backing {
  left: number;

  constructor(count: number) {
    this.left = count;
  }

  release(count: number): void {
    this.left -= count;
  }
}

/** Two batches in a queue, and what is settled of them when the thread reports these messages. */
function settledBy(messages: readonly FromThread[]) {
  const queue = new DeliveryQueue();
  const batches = [['a', 'b'], ['c']].map((names) => batchOf(names.map((name) => event(name))));
  const [first, second] = batches as [EncodedBatch, EncodedBatch];
  const held = new Held(first.count);
  queue.push(first.backedBy(held), NOW_MS);
  queue.push(second, NOW_MS);
  const settled: string[] = [];
  const note = (what: string, batch: EncodedBatch, more: unknown): void => {
    settled.push(`${what} ${linesOf(batch).join('')} ${JSON.stringify(more)}`);
    batch.backing?.release(batch.count);
  };
  const handed: HandedBatch[] = [];
  const calls = drainAtExit(
    {
      port: {
        callOf: (batch) => (batch === second ? 7 : undefined),
        drain(all, deadlineMs) {
          handed.push(...all);
          expect(deadlineMs).toBe(5_000);
          return () => [...messages];
        },
      },
      queue,
      settlement: {
        delivered: (batch, rejected) => note('delivered', batch, rejected),
        refused: (batch, reason) => note('refused', batch, reason),
        givenUp: (batch, reason) => note('givenUp', batch, reason),
      },
      failures: {
        failed: (operation, _target, error, reason) =>
          settled.push(`failed ${operation} ${(error as Error).name} ${reason}`),
      },
    },
    5_000,
  )();
  const left = queue.deliveries.map(({ batch }) => linesOf(batch).join(''));
  return { settled, left, calls, onDisk: held.left, handed };
}

const outcome = (each: Outcome): FromThread => ({ kind: 'outcome', outcome: each });
const partOf = (...names: string[]): EncodedBatch => batchOf(names.map((name) => event(name)));

test('each batch crosses with its body, and with the call that is under way for it', () => {
  const { handed } = settledBy([]);

  expect(handed.map(({ callId }) => callId)).toEqual([undefined, 7]);
  expect(linesOf(EncodedBatch.restore(structuredClone(handed[0]!)))).toEqual(['a', 'b']);
});

test('what is reported is settled, whole or in parts, and what backs it is released', () => {
  const found = settledBy([
    outcome({ index: 1, part: undefined, act: 'delivered', rejected: [] }),
    outcome({ index: 0, part: partOf('b').carried(), act: 'refused', reason: 'Bad' }),
    outcome({ index: 0, part: partOf('a').carried(), act: 'givenUp', reason: 'exit' }),
    { kind: 'drained', calls: 4 },
  ]);

  expect(found).toMatchObject({
    settled: ['refused b "Bad"', 'givenUp a "exit"', 'delivered c []'],
    left: [],
    calls: 4,
    onDisk: 0,
  });
});

test('a batch of which a part is not reported stays as it was', () => {
  const found = settledBy([
    outcome({ index: 0, part: partOf('a').carried(), act: 'delivered', rejected: [] }),
    outcome({
      index: 1,
      part: undefined,
      act: 'delivered',
      rejected: [{ reason: 'tooOld', start: 0, end: 1 }],
    }),
  ]);

  expect(found).toMatchObject({
    settled: ['delivered c [{"reason":"tooOld","start":0,"end":1}]'],
    left: ['ab'],
    calls: 0,
    onDisk: 2,
  });
});

test('a batch that is gone by the time it is reported is not settled again', () => {
  const queue = new DeliveryQueue();
  for (const name of ['a', 'b']) queue.push(partOf(name), NOW_MS);
  const settled: string[] = [];
  const never = (): never => {
    throw new Error('nothing else is reported');
  };
  drainAtExit(
    {
      port: {
        callOf: () => undefined,
        drain: () => () =>
          [0, 1].map((index) => outcome({ index, part: undefined, act: 'delivered', rejected: [] })),
      },
      queue,
      settlement: {
        delivered(batch) {
          settled.push(linesOf(batch).join(''));
          for (const left of queue.deliveries) queue.remove(left);
        },
        refused: never,
        givenUp: never,
      },
      failures: { failed: never },
    },
    5_000,
  )();

  expect(settled).toEqual(['a']);
});

test('without a thread everything stays, and with nothing to do the thread is left alone', () => {
  expect(settledBy([])).toMatchObject({ settled: [], left: ['ab', 'c'], calls: 0 });
  const never = (): never => {
    throw new Error('there is nothing to do');
  };
  const none = { delivered: never, refused: never, givenUp: never };
  const parts = { port: { callOf: never, drain: never }, queue: new DeliveryQueue(), settlement: none };
  expect(drainAtExit({ ...parts, failures: { failed: never } }, 5_000)()).toBe(0);
});

test('calls that failed in the thread are reported here', () => {
  const error = carried(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
  const target = { logGroupName: 'g', logStreamName: 's' };
  const found = settledBy([{ kind: 'failedCall', operation: 'PutLogEvents', target, error, reason: 'x' }]);

  expect(found.settled).toEqual(['failed PutLogEvents AccessDeniedException x']);
});

test('twenty thousand batches are settled, each once', () => {
  const queue = new DeliveryQueue();
  const batch = partOf('a');
  const each = Array.from({ length: 20_000 }, (_, index) => index);
  for (const _ of each) queue.push(batch, NOW_MS);
  const messages = each.map((index) => outcome({ index, part: undefined, act: 'delivered', rejected: [] }));
  const never = (): never => {
    throw new Error('nothing else is reported');
  };
  let delivered = 0;
  drainAtExit(
    {
      port: { callOf: () => undefined, drain: () => () => messages },
      queue,
      settlement: { delivered: () => delivered++, refused: never, givenUp: never },
      failures: { failed: never },
    },
    5_000,
  )();

  expect([delivered, queue.events]).toEqual([20_000, 0]);
});
