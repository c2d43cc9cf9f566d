import type { Filter } from '../../../runtime/filter/filter.js';
import { Diagnostics, type Diagnostic } from '../../../runtime/io/diagnostics.js';
import { systemClock } from '../../../runtime/io/clock.js';
import { FilterChain, type FilterMaker } from '../../../runtime/logger/filter-chain.js';
import type { LogRecord } from '../../../runtime/log-record.js';

const record = (message: string): LogRecord => ({ timeMs: 0, level: 'info', message, fields: [] });

const passing: Filter = { name: 'passing', apply: (each) => each };
const marking: Filter = { name: 'marking', apply: (each) => ({ ...each, message: `${each.message}!` }) };
const holding: Filter = {
  name: 'holding',
  apply: (each) => (each.message.startsWith('no') ? undefined : each),
};

function chainOf(...makers: FilterMaker[]) {
  const heard: Diagnostic[] = [];
  const diagnostics = new Diagnostics(
    systemClock,
    () => undefined,
    (diagnostic) => heard.push(diagnostic),
  );
  const chain = new FilterChain(makers, diagnostics);
  const passed: string[] = [];
  const suppressed: string[] = [];
  chain.onPassed(({ message }) => passed.push(message));
  chain.onSuppressed((filter) => suppressed.push(filter));
  return { chain, passed, suppressed, heard };
}

test('records pass the filters in their order, and what is held back is told with the filter', () => {
  const { chain, passed, suppressed } = chainOf(
    () => passing,
    () => holding,
    () => marking,
  );
  chain.take(record('yes'));
  chain.take(record('no'));

  expect([passed, suppressed]).toEqual([['yes!'], ['holding']]);
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

  expect(passed).toEqual(['no summary!', 'yes!']);
});

test('a filter that throws is reported and lets the record pass', () => {
  const throwing: Filter = {
    name: 'throwing',
    apply: () => {
      throw new Error('no');
    },
  };
  const { chain, passed, heard } = chainOf(
    () => throwing,
    () => marking,
  );
  chain.take(record('yes'));

  expect(passed).toEqual(['yes!']);
  expect(heard.map(({ message }) => message)).toEqual(['filter throwing threw: no']);
});

test('while a filter is being loaded, records wait for it, in order, and are pending', async () => {
  const { chain, passed } = chainOf(
    () => Promise.resolve(marking),
    () => holding,
  );
  chain.take(record('one'));
  chain.take(record('two'));
  expect(chain.waiting).toMatchObject({ accepted: 2, pending: 2, dropped: { total: 0 } });
  await chain.ready();
  chain.take(record('three'));

  expect(passed).toEqual(['one!', 'two!', 'three!']);
  expect(chain.waiting).toMatchObject({ accepted: 0, pending: 0 });
});

test.each([
  [9_999, 9_999, 0],
  [10_000, 10_000, 0],
  [10_001, 10_000, 1],
])('of %d records that wait, %d are kept and %d dropped and counted', async (count, kept, dropped) => {
  const { chain, passed } = chainOf(() => Promise.resolve(passing));
  for (let each = 0; each < count; each++) chain.take(record('yes'));
  expect(chain.waiting).toMatchObject({ accepted: count, pending: kept, dropped: { total: dropped } });
  await chain.ready();

  expect(passed).toHaveLength(kept);
  expect(chain.waiting).toMatchObject({ accepted: dropped, pending: 0, dropped: { total: dropped } });
});

test('at the end of the process what waits passes the filters that are there, and nothing passes twice', async () => {
  const before = process.listeners('exit');
  const { chain, passed, suppressed } = chainOf(
    () => Promise.resolve(marking),
    () => holding,
  );
  for (const message of ['one', 'no', 'two']) chain.take(record(message));
  for (const listener of process.listeners('exit')) if (!before.includes(listener)) listener(0);

  expect([passed, suppressed]).toEqual([['one', 'two'], ['holding']]);
  expect(chain.waiting).toMatchObject({ accepted: 0, pending: 0 });

  await chain.ready();
  await new Promise((resolve) => setImmediate(resolve));
  expect(passed).toEqual(['one', 'two']);
  expect(process.listeners('exit')).toEqual(before);
});

test('a filter that cannot be loaded is left out, and reported', async () => {
  const { chain, passed, heard } = chainOf(
    () => Promise.reject(new Error('no such file')),
    () => marking,
  );
  chain.take(record('yes'));
  await chain.ready();

  expect(passed).toEqual(['yes!']);
  expect(heard.map(({ message }) => message)).toEqual(['a filter is left out: no such file']);
});
