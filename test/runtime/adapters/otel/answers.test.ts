import { Answers } from '../../../../runtime/adapters/otel/answers.js';
import type { OtelExportResult } from '../../../../runtime/adapters/otel/log-record.js';
import type { Outlet } from '../../../../runtime/adapters/outlet/outlet.js';
import { Ledger, type Account } from '../../../../runtime/ack/ledger.js';
import { nextTurn } from '../../../../runtime/io/next-turn.js';

/** An outlet that settles when it is told to. */
class SlowOutlet {
  readonly ledger = new Ledger();
  pending = 0;
  flushes = 0;
  #waiting: (() => void)[] = [];

  take(count: number): void {
    this.ledger.accepted += count;
    this.pending += count;
  }

  deliver(count: number): void {
    this.ledger.deliver(count);
    this.pending -= count;
  }

  /** Ends the flush that waits, settled or at its deadline. */
  async endFlush(): Promise<void> {
    for (const go of this.#waiting.splice(0)) go();
    await nextTurn();
  }

  stats(): Account {
    return this.ledger.account(this.pending);
  }

  async flush(): Promise<Account> {
    this.flushes++;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.stats();
  }
}

let outlet: SlowOutlet;
let answers: Answers;
let given: OtelExportResult[];

beforeEach(() => {
  outlet = new SlowOutlet();
  answers = new Answers(outlet as unknown as Outlet, 500);
  given = [];
});

function exported(count: number): void {
  const before = outlet.stats();
  outlet.take(count);
  answers.give({ before, answer: (result) => given.push(result) });
}

test('the answer waits until the records are settled', async () => {
  exported(3);
  await nextTurn();
  expect(given).toEqual([]);

  outlet.deliver(3);
  await outlet.endFlush();
  expect(given).toEqual([{ code: 0 }]);
});

test('what was lost is told with its count and reason', async () => {
  outlet.take(1);
  outlet.pending--;
  outlet.ledger.drop('queueFull', 1);
  exported(3);
  outlet.pending -= 3;
  outlet.ledger.reject('tooOld', 2);
  outlet.ledger.divert('maxRetries', 1);
  await outlet.endFlush();

  expect(given).toEqual([{ code: 1, error: expect.any(Error) as Error }]);
  expect(given[0]!.error!.message).toBe(
    'log records were not delivered: 2 rejected (tooOld), 1 diverted (maxRetries)',
  );
});

test('while records are kept that a flush has waited for in vain, answers do not wait', async () => {
  // GIVEN a flush that ends at its deadline
  exported(2);
  await outlet.endFlush();
  expect(given).toEqual([{ code: 0 }]);

  // WHEN more come
  for (let index = 0; index < 100; index++) exported(5);

  // THEN they are answered, and nothing more waits
  expect(given).toHaveLength(101);
  expect(outlet.flushes).toBe(1);
});

test('once those are settled, answers wait again', async () => {
  exported(2);
  await outlet.endFlush();
  outlet.deliver(1);
  exported(1);
  expect(given).toHaveLength(2);

  outlet.deliver(1);
  exported(1);
  expect(given).toHaveLength(2);
  outlet.deliver(2);
  await outlet.endFlush();
  expect(given).toHaveLength(3);
});

test('records that come during a flush share the next one; where it waits in vain, they do not wait for it', async () => {
  exported(1);
  exported(1);
  exported(1);
  outlet.deliver(1);
  await outlet.endFlush();
  expect([given.length, outlet.flushes]).toEqual([1, 2]);

  exported(1);
  await outlet.endFlush();
  expect([given.length, outlet.flushes]).toEqual([4, 2]);
});

test('a processor that throws keeps no other one from its answer', async () => {
  const before = outlet.stats();
  outlet.take(1);
  answers.give({
    before,
    answer() {
      throw new Error('mine');
    },
  });
  exported(1);
  outlet.deliver(2);
  await outlet.endFlush();
  await outlet.endFlush();

  expect(given).toEqual([{ code: 0 }]);
});
