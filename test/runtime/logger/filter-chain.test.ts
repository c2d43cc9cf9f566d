import { isBalanced } from '../../../runtime/ack/ledger.js';
import type { Filter } from '../../../runtime/filter/filter.js';
import { FilterChain, type FilterMaker } from '../../../runtime/logger/filter-chain.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import { MAX_HELD_CHARACTERS, MAX_HELD_RECORDS } from '../../../runtime/plugins/held-records.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';
import { listener } from '../plugins/fixture.js';

const record = (message: string): LogRecord => ({ timeMs: 0, level: 'info', message, fields: [] });

const passing: Filter = { name: 'passing', apply: (each) => each };
const marking: Filter = { name: 'marking', apply: (each) => ({ ...each, message: `${each.message}!` }) };
const holding: Filter = {
  name: 'holding',
  apply: (each) => (each.message.startsWith('no') ? undefined : each),
};
const throwing: Filter = {
  name: 'throwing',
  apply: () => {
    throw new Error('no');
  },
};

function chainOf(...makers: FilterMaker[]) {
  const { reports, report } = listener();
  const clock = new ManualClock();
  const records: LogRecord[] = [];
  const suppressed: string[] = [];
  const chain = new FilterChain(makers, {
    clock,
    report,
    passed: (each) => records.push(each),
    suppressed: (filter) => suppressed.push(filter),
  });
  const passed = (): string[] => records.map(({ message }) => message);
  return { chain, clock, passed, records, suppressed, reports };
}

/** As {@link chainOf}, with a filter that comes, or does not, when the test says so. */
function chainWithLate(...others: FilterMaker[]) {
  const before = process.listeners('exit');
  let [come, fail]: [(filter: Filter) => void, (error: Error) => void] = [() => undefined, () => undefined];
  const late = new Promise<Filter>((...settlers) => ([come, fail] = settlers));
  const made = chainOf(() => late, ...others);
  const exit = (): void => {
    for (const each of process.listeners('exit')) if (!before.includes(each)) each(0);
  };
  const bench = {
    ...made,
    come: async (filter: Filter) => {
      come(filter);
      await promisesRun();
    },
    fail: async (message: string) => {
      fail(new Error(message));
      await promisesRun();
    },
    exit,
  };
  benches.push(bench);
  return bench;
}

const benches: { readonly come: (filter: Filter) => Promise<void> }[] = [];

afterEach(async () => {
  for (const { come } of benches.splice(0)) await come(passing);
});

test('records pass the filters in their order, and what is held back is told with the filter', () => {
  const { chain, passed, suppressed } = chainOf(
    () => passing,
    () => holding,
    () => marking,
  );
  chain.take(record('yes'));
  chain.take(record('no'));

  expect([passed(), suppressed]).toEqual([['yes!'], ['holding']]);
});

test('what a filter emits passes only the filters behind it', () => {
  let emit: (each: LogRecord) => void = () => undefined;
  const { chain, passed } = chainOf(
    () => holding,
    (each) => {
      emit = each;
      return passing;
    },
    () => marking,
  );
  emit(record('no summary'));
  chain.take(record('yes'));

  expect(passed()).toEqual(['no summary!', 'yes!']);
});

test('what a filter emits while it is being made goes on, too', () => {
  const { passed } = chainOf((emit) => {
    emit(record('ready'));
    return passing;
  });

  expect(passed()).toEqual(['ready']);
});

test('a filter that throws is reported and lets the record pass', () => {
  const { chain, passed, reports } = chainOf(
    () => throwing,
    () => marking,
  );
  chain.take(record('yes'));

  expect(passed()).toEqual(['yes!']);
  expect(reports).toEqual([{ code: 'filter', message: 'filter throwing threw: no' }]);
});

test('without filters to load, nothing waits, and no copy is made', () => {
  const before = process.listeners('exit');
  const { chain, records } = chainOf(() => passing);
  const logged = record('yes');
  chain.take(logged);

  expect(records[0]).toBe(logged);
  expect(chain.held).toBeUndefined();
  expect(process.listeners('exit')).toEqual(before);
});

describe('while a filter is being loaded', () => {
  test('records wait for it, in order, and are pending', async () => {
    const { chain, passed, come } = chainWithLate(() => holding);
    chain.take(record('one'));
    chain.take(record('two'));
    expect(passed()).toEqual([]);
    expect(chain.held!.account()).toMatchObject({ accepted: 2, pending: 2, dropped: { total: 0 } });
    await come(marking);
    chain.take(record('three'));

    expect(passed()).toEqual(['one!', 'two!', 'three!']);
    expect(chain.held!.account()).toMatchObject({ accepted: 0, pending: 0 });
  });

  test('records are stored as they were logged', async () => {
    const { chain, records, come } = chainWithLate();
    const order = { status: 'new', items: [{ sku: 'a' }] };
    const fields: Record<string, unknown> = { order };
    chain.take({ ...record('placed'), fields: [fields] });
    order.status = 'cancelled';
    order.items.pop();
    fields['order'] = 'gone';
    fields['more'] = 1;
    await come(passing);

    expect(records.flatMap((each) => each.fields)).toEqual([
      { order: { status: 'new', items: [{ sku: 'a' }] } },
    ]);
  });

  test.each([
    [MAX_HELD_RECORDS - 1, 0],
    [MAX_HELD_RECORDS, 0],
    [MAX_HELD_RECORDS + 1, 1],
  ])('of %d records, %d are dropped and counted', async (count, dropped) => {
    const { chain, passed, reports, come } = chainWithLate();
    for (let each = 0; each < count; each++) chain.take(record('yes'));
    const lost = { total: dropped, byReason: dropped ? { loading: dropped } : {} };
    expect(chain.held!.account()).toMatchObject({ accepted: count, pending: count - dropped, dropped: lost });
    await come(passing);

    expect(passed()).toHaveLength(count - dropped);
    expect(chain.held!.account()).toMatchObject({ accepted: dropped, pending: 0, dropped: lost });
    const message = 'log records were dropped: filters are still loading';
    expect(reports).toEqual(dropped ? [{ code: 'dropped.loading', message }] : []);
  });

  test.each([
    [-1, 0],
    [0, 0],
    [1, 1],
  ])('with %d characters more than may wait, in a field, %d is dropped', async (more, dropped) => {
    const { chain, records, come } = chainWithLate();
    const fieldCharacters = 1_000_000;
    const name = 'name';
    // A value counts as four more.
    const text = 'x'.repeat(fieldCharacters - name.length - 4 + more);
    chain.take(record('x'.repeat(MAX_HELD_CHARACTERS - fieldCharacters)));
    chain.take({ ...record(''), fields: [{ [name]: text }] });
    expect(chain.held!.account()).toMatchObject({
      accepted: 2,
      pending: 2 - dropped,
      dropped: { total: dropped },
    });
    await come(passing);

    expect(records).toHaveLength(2 - dropped);
  });

  test.each([
    [MAX_HELD_RECORDS / 2 - 1, false],
    [MAX_HELD_RECORDS / 2, true],
  ])(
    'and %d records wait, that a producer should wait is %s, until it is there',
    async (count, needsDrain) => {
      const { chain, come } = chainWithLate();
      for (let each = 0; each < count; each++) chain.take(record('yes'));
      let isReady = false;
      void chain.held!.ready().then(() => (isReady = true));
      await promisesRun();
      expect([chain.held!.needsDrain, isReady]).toEqual([needsDrain, !needsDrain]);

      await come(passing);

      expect([chain.held!.needsDrain, isReady]).toEqual([false, true]);
    },
  );

  test('who waits for it waits until the deadline, and has the rest of the time if it comes', async () => {
    const { chain, clock, come } = chainWithLate();
    const [late, inTime] = [chain.held!.released(30), chain.held!.released(100)];
    clock.advance(40);
    expect(await late).toBe(0);
    await come(passing);

    expect(await inTime).toBe(60);
    expect(clock.waiting).toEqual([]);
  });

  test('a record that logs while it is copied tears nothing', async () => {
    const { chain, passed, come } = chainWithLate();
    const talking = {
      get talks() {
        chain.take(record('inner'));
        expect(isBalanced(chain.held!.account())).toBe(true);
        return 1;
      },
    };
    chain.take(record('first'));
    chain.take({ ...record('outer'), fields: [talking] });
    expect(chain.held!.account()).toMatchObject({ accepted: 3, pending: 3 });
    await come(passing);

    expect(passed()).toEqual(['first', 'inner', 'outer']);
  });
});

test('a filter that logs while it takes what waited is heard after it, and the account balances meanwhile', async () => {
  const { chain, passed, come } = chainWithLate();
  const pending: number[] = [];
  const talking: Filter = {
    name: 'talking',
    apply: (each) => {
      pending.push(chain.held!.account().pending);
      expect(isBalanced(chain.held!.account())).toBe(true);
      if (!each.message.startsWith('heard')) chain.take(record(`heard ${each.message}`));
      return each;
    },
  };
  for (const message of ['one', 'two']) chain.take(record(message));
  await come(talking);

  expect(passed()).toEqual(['one', 'two', 'heard one', 'heard two']);
  expect(pending).toEqual([1, 1, 1, 0]);
});

test('at the end of the process what waits passes the filters that are there, and nothing passes twice', async () => {
  const before = process.listeners('exit');
  const { chain, passed, suppressed, reports, come, exit } = chainWithLate(() => holding);
  for (const message of ['one', 'no', 'two']) chain.take(record(message));
  exit();

  expect([passed(), suppressed]).toEqual([['one', 'two'], ['holding']]);
  expect(chain.held!.account()).toMatchObject({ accepted: 0, pending: 0 });
  const message = '3 log record(s) went on without the filters that were still loading';
  expect(reports).toEqual([{ code: 'filter', message }]);
  expect(process.listeners('exit')).toEqual(before);
  chain.take(record('later'));
  expect(passed()).toEqual(['one', 'two', 'later']);

  await come(marking);
  expect(passed()).toEqual(['one', 'two', 'later']);
});

test('a filter that cannot be loaded is left out, and reported', async () => {
  const { chain, passed, reports, fail } = chainWithLate(() => marking);
  chain.take(record('yes'));
  await fail('no such file');

  expect(passed()).toEqual(['yes!']);
  expect(chain.held!.account()).toMatchObject({ accepted: 0, pending: 0, dropped: { total: 0 } });
  expect(reports).toEqual([{ code: 'filter', message: 'a filter is left out: no such file' }]);
});

describe('close', () => {
  const closing = (closed: string[], name: string): Filter => ({
    ...passing,
    name,
    close: () => void closed.push(name),
  });

  test('lets go on what still waits, and lets a filter go that comes after it', async () => {
    const closed: string[] = [];
    const { chain, passed, reports, come } = chainWithLate(() => closing(closed, 'early'));
    chain.take(record('one'));
    chain.close();

    expect([passed(), closed]).toEqual([['one'], ['early']]);
    expect(chain.held!.account()).toMatchObject({ accepted: 0, pending: 0 });
    const message = '1 log record(s) went on without the filters that were still loading';
    expect(reports).toEqual([{ code: 'filter', message }]);
    await come(closing(closed, 'late'));
    chain.take(record('two'));

    expect(closed).toEqual(['early', 'late']);
    expect(passed()).toEqual(['one', 'two']);
  });

  test('closes every filter, whatever one of them throws', () => {
    const closed: string[] = [];
    const broken: Filter = { ...throwing, close: () => throwing.apply(record('')) };
    const { chain, reports } = chainOf(
      () => broken,
      () => closing(closed, 'last'),
    );
    chain.close();

    expect(closed).toEqual(['last']);
    expect(reports).toEqual([{ code: 'filter', message: 'filter throwing threw: no' }]);
  });
});
