import { Diagnostics, type Diagnostic } from '../../../runtime/io/diagnostics.js';
import { Logger } from '../../../runtime/logger/logger.js';
import type { FilterMaker } from '../../../runtime/logger/filter-chain.js';
import { Pipeline, type PipelineParts } from '../../../runtime/logger/pipeline.js';
import { routesOf } from '../../../runtime/logger/routing.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import type { Sink } from '../../../runtime/sink-port.js';
import { isBalanced } from '../../../runtime/ack/ledger.js';
import type { Filter } from '../../../runtime/filter/filter.js';
import { makeRedactor } from '../../../runtime/redact/redactor.js';
import { MAX_HELD_RECORDS } from '../../../runtime/plugins/held-records.js';
import { Settings } from '../../../runtime/settings/settings.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';
import { TestSink } from '../plugins/fixture.js';
import { MemorySink } from '../../support/memory-sink.js';
import { refuse } from '../../support/hostile.js';

const record: LogRecord = { timeMs: 0, level: 'info', message: 'hi', fields: [] };

interface Bench {
  readonly pipeline: Pipeline;
  readonly heard: Diagnostic[];
  readonly clock: ManualClock;
}

function pipelineOf(...sinks: Sink[]): Bench {
  return pipelineWith({}, ...sinks);
}

function pipelineWith(parts: Partial<PipelineParts>, ...sinks: Sink[]): Bench {
  const heard: Diagnostic[] = [];
  const clock = new ManualClock();
  const diagnostics = new Diagnostics(
    clock,
    () => undefined,
    (diagnostic) => heard.push(diagnostic),
  );
  const routed = sinks.map((sink) => ({ name: sink.name, sink, level: 'trace' as const }));
  const pipeline = new Pipeline({
    sinks,
    routes: routesOf(routed, undefined),
    enrichment: { fields: {} },
    workFields: () => undefined,
    redactor: { rules: undefined, redact: (each) => each },
    filters: [],
    clock,
    diagnostics,
    ...parts,
  });
  return { pipeline, heard, clock };
}

const passing: Filter = { name: 'passing', apply: (each) => each };

/** Parts of a pipeline with a filter that comes when the test says so. */
function lateFilter(): { readonly filters: readonly FilterMaker[]; readonly come: () => Promise<void> } {
  let resolve: (filter: Filter) => void = () => undefined;
  const late = new Promise<Filter>((settled) => (resolve = settled));
  const come = async (): Promise<void> => {
    resolve(passing);
    await promisesRun();
  };
  benches.push(come);
  return { filters: [() => late], come };
}

function pipelineWithLateFilter(...sinks: Sink[]): Bench & { readonly come: () => Promise<void> } {
  const { filters, come } = lateFilter();
  return { ...pipelineWith({ filters }, ...sinks), come };
}

const benches: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const come of benches.splice(0)) await come();
});

test.each(['flush', 'close'] as const)(
  'a mistake in the options of %s is reported, and ends no wait',
  async (of) => {
    const sink = new MemorySink();
    const given = jest.spyOn(sink, of);
    const { pipeline, heard } = pipelineOf(sink);

    await pipeline[of]({ deadlineMs: 'soon' as never });

    expect(given.mock.calls).toEqual([[{}]]);
    expect(heard.map(({ code }) => code)).toEqual([`options.${of}`]);
  },
);

test('every sink gets every record', () => {
  const [one, other] = [new MemorySink(), new MemorySink()];

  pipelineOf(one, other).pipeline.write(record);

  const enriched = { ...record, fields: [{}] };
  expect(one.records).toEqual([enriched]);
  expect(other.records).toEqual([enriched]);
});

test('a sink that throws costs neither the caller nor the other sinks anything, and is reported', () => {
  class BrokenSink extends MemorySink {
    override write(): void {
      refuse();
    }
  }
  const other = new MemorySink();
  const { pipeline, heard } = pipelineOf(new BrokenSink('broken'), other);

  new Logger(pipeline, { level: 'info' }).info('hi');

  expect(other.lines).toHaveLength(1);
  expect(heard).toEqual([{ code: 'sink', message: 'sink broken threw: no', occurrences: 1 }]);
  const account = pipeline.stats();
  expect(account).toMatchObject({ accepted: 2, delivered: 1, dropped: { byReason: { threw: 1 } } });
  expect(isBalanced(account)).toBe(true);
});

test('each sink that throws is counted, also where it cannot be reported, and the others take the record', () => {
  const throwing = (name: string): MemorySink => Object.assign(new MemorySink(name), { write: refuse });
  const other = new MemorySink();
  const clock = new ManualClock();
  const diagnostics = new Diagnostics(clock, () => undefined);
  jest.spyOn(diagnostics, 'report').mockImplementation(refuse);
  const { pipeline } = pipelineWith({ diagnostics }, throwing('a'), throwing('b'), other);

  new Logger(pipeline, { level: 'info' }).info('hi');

  expect(other.lines).toHaveLength(1);
  expect(pipeline.stats()).toMatchObject({ accepted: 3, delivered: 1, dropped: { total: 2 } });
});

test('what an only sink reports besides its account stays, also where a record was dropped before', () => {
  const sink = Object.assign(new MemorySink(), { write: refuse });
  const stats = sink.stats.bind(sink);
  const { pipeline } = pipelineOf(Object.assign(sink, { stats: () => ({ ...stats(), adopted: 7 }) }));

  pipeline.write(record);

  expect(pipeline.stats()).toMatchObject({ accepted: 1, adopted: 7, dropped: { total: 1 } });
});

test('a record of which the redactor throws is counted, and reported', () => {
  const redactor = { rules: undefined, redact: refuse };
  const sink = new MemorySink();
  const { pipeline, heard } = pipelineWith({ redactor }, sink);

  new Logger(pipeline, { level: 'info' }).info('hi');

  expect(sink.lines).toEqual([]);
  expect(pipeline.stats()).toMatchObject({ accepted: 1, dropped: { total: 1, byReason: { threw: 1 } } });
  expect(heard).toMatchObject([{ code: 'dropped.threw', message: expect.stringMatching(/threw: no$/) }]);
});

describe('a sink that keeps to no deadline', () => {
  class HangingSink extends MemorySink {
    override flush = (): Promise<never> => new Promise(() => undefined);
    override close = (): Promise<never> => new Promise(() => undefined);
  }

  test('is given ten seconds to close where nobody sets one', async () => {
    const { pipeline, clock, heard } = pipelineOf(new HangingSink('hanging'));

    const account = pipeline.close();
    await promisesRun();
    clock.advance(11_000);

    expect(await account).toMatchObject({ accepted: 0 });
    expect(heard).toMatchObject([{ message: 'sink hanging did not close: it did not end within 11000 ms' }]);
  });

  test.each(['flush', 'close'] as const)('does not hold up %s, nor the other sinks', async (what) => {
    const other = new MemorySink();
    const { pipeline, clock, heard } = pipelineOf(new HangingSink('hanging'), other);

    const account = pipeline[what]({ deadlineMs: 1_000 });
    await promisesRun();
    clock.advance(2_000);

    expect(await account).toMatchObject({ accepted: 0 });
    expect(other.flushes + other.closes).toBe(1);
    expect(heard).toMatchObject([
      { code: 'sink', message: `sink hanging did not ${what}: it did not end within 2000 ms` },
    ]);
    expect(clock.waiting).toEqual([]);
  });
});

test('the account is the sum over the sinks, and the one of the only sink', () => {
  const [one, other] = [new MemorySink(), new MemorySink()];
  const { pipeline } = pipelineOf(one, other);

  pipeline.write(record);

  expect(pipeline.stats()).toMatchObject({ accepted: 2, delivered: 2, pending: 0 });
  expect(pipelineOf(one).pipeline.stats()).toEqual({
    ...one.stats(),
    filtered: { total: 0, byReason: {} },
    buffered: 0,
  });
  expect(pipelineOf().pipeline.stats()).toMatchObject({ accepted: 0, delivered: 0, pending: 0 });
});

test('flush and close reach every sink and resolve to the account', async () => {
  const [one, other] = [new MemorySink(), new MemorySink()];
  const { pipeline } = pipelineOf(one, other);

  expect(await pipeline.flush()).toEqual(pipeline.stats());
  expect(await pipeline.close()).toEqual(pipeline.stats());

  expect([one.flushes, other.flushes, one.closes, other.closes]).toEqual([1, 1, 1, 1]);
});

test('producers should wait while any sink wants it', async () => {
  const [one, other] = [new MemorySink(), new MemorySink()];
  const { pipeline } = pipelineOf(one, other);
  const logger = new Logger(pipeline, { level: 'info' });

  expect([pipeline.needsDrain, logger.needsDrain]).toEqual([false, false]);
  other.needsDrain = true;
  expect([pipeline.needsDrain, logger.needsDrain]).toEqual([true, true]);
});

test('ready waits for every sink that can say when it is', async () => {
  const open: (() => void)[] = [];
  class SlowSink extends MemorySink {
    ready(): Promise<void> {
      return new Promise((resolve) => open.push(resolve));
    }
  }
  const { pipeline } = pipelineOf(new SlowSink(), new MemorySink(), new SlowSink());
  let isReady = false;
  const ready = new Logger(pipeline, { level: 'info' }).ready().then(() => (isReady = true));

  await promisesRun();
  open[0]!();
  await promisesRun();
  expect([isReady, open.length]).toEqual([false, 2]);
  open[1]!();
  await ready;
  expect(isReady).toBe(true);
});

describe('while a filter is being loaded', () => {
  test('the account has each record once, before and after', async () => {
    const sink = new TestSink();
    const { pipeline, come } = pipelineWithLateFilter(sink);
    pipeline.write(record);
    pipeline.write(record);

    expect(pipeline.stats()).toMatchObject({ accepted: 2, delivered: 0, pending: 2 });
    expect(isBalanced(pipeline.stats())).toBe(true);
    await come();
    expect(pipeline.stats()).toMatchObject({ accepted: 2, delivered: 0, pending: 2 });
    expect(pipeline.stats()).toEqual({ ...sink.stats(), filtered: { total: 0, byReason: {} }, buffered: 0 });
    expect(await pipeline.flush()).toMatchObject({ accepted: 2, delivered: 2, pending: 0 });
  });

  test('what is dropped meanwhile stays in the account', async () => {
    const { pipeline, come } = pipelineWithLateFilter(new TestSink());
    for (let each = 0; each <= MAX_HELD_RECORDS; each++) pipeline.write(record);
    const dropped = { total: 1, byReason: { loading: 1 } };

    expect(pipeline.stats()).toMatchObject({ accepted: 10_001, pending: 10_000, dropped });
    await come();
    expect(pipeline.stats()).toMatchObject({ accepted: 10_001, pending: 10_000, dropped });
  });

  test('a logger asks producers to wait once the room is half full, and is ready once it is not', async () => {
    const sink = new MemorySink();
    const { pipeline, come } = pipelineWithLateFilter(sink);
    const logger = new Logger(pipeline, { level: 'info' });
    for (let each = 0; each < MAX_HELD_RECORDS / 2 - 1; each++) logger.info('hi');
    expect(logger.needsDrain).toBe(false);
    logger.info('hi');
    let isReady = false;
    void logger.ready().then(() => (isReady = true));
    await promisesRun();
    expect([logger.needsDrain, isReady]).toEqual([true, false]);

    await come();

    expect([logger.needsDrain, isReady, sink.lines.length]).toEqual([false, true, MAX_HELD_RECORDS / 2]);
  });

  test('ready waits for the sinks after that, which may have more than they like by then', async () => {
    let open: () => void = () => undefined;
    class SlowSink extends MemorySink {
      ready(): Promise<void> {
        return new Promise((resolve) => (open = resolve));
      }
    }
    const { pipeline, come } = pipelineWithLateFilter(new SlowSink());
    for (let each = 0; each < MAX_HELD_RECORDS / 2; each++) pipeline.write(record);
    let isReady = false;
    void pipeline.ready().then(() => (isReady = true));

    await come();
    expect(isReady).toBe(false);
    open();
    await promisesRun();
    expect(isReady).toBe(true);
  });

  test('what waits is redacted already', async () => {
    const sink = new MemorySink();
    const { filters, come } = lateFilter();
    const { redaction } = new Settings({ redaction: { enabled: true } }, { env: {}, requireComplete: false });
    const { pipeline } = pipelineWith({ filters, redactor: makeRedactor(redaction, refuse) }, sink);
    const fields = { user: { password: 'hunter2', name: 'a' } };
    new Logger(pipeline, { level: 'info' }).info('hi', fields);
    fields.user.name = 'b';
    await come();

    expect(sink.told).toEqual([{ message: 'hi', user: { password: '[redacted]', name: 'a' } }]);
  });

  test('flush leaves the sinks the rest of the time', async () => {
    const sink = new TestSink();
    const { pipeline, come, clock } = pipelineWithLateFilter(sink);
    const flushing = pipeline.flush({ deadlineMs: 100 });
    clock.advance(40);
    await come();
    await flushing;

    expect(sink.flushes).toEqual([{ deadlineMs: 60 }]);
  });

  test('flush ends at the deadline, with the records still pending', async () => {
    const { pipeline, clock } = pipelineWithLateFilter(new TestSink());
    pipeline.write(record);
    const flushing = pipeline.flush({ deadlineMs: 100 });
    clock.advance(100);

    expect(await flushing).toMatchObject({ accepted: 1, pending: 1 });
  });

  test.each([
    ['half of the time', { deadlineMs: 100 }, 50, { deadlineMs: 50 }],
    ['ten seconds', undefined, 10_000, {}],
  ])('close waits for it %s at the most, and then does without', async (_, options, waitMs, left) => {
    const sink = new TestSink();
    const { pipeline, clock, heard } = pipelineWithLateFilter(sink);
    pipeline.write(record);
    const closing = pipeline.close(options);
    clock.advance(waitMs - 1);
    await promisesRun();
    expect([sink.taken, sink.closes]).toEqual([[], []]);
    clock.advance(1);

    expect(await closing).toMatchObject({ accepted: 1, pending: 0, dropped: { byReason: { deadline: 1 } } });
    expect([sink.taken, sink.closes]).toEqual([['hi'], [left]]);
    const message = '1 log record(s) went on without the filters that were still loading';
    expect(heard).toEqual([{ code: 'filter', message, occurrences: 1 }]);
  });

  test('close leaves the sinks all that it did not take', async () => {
    const sink = new TestSink();
    const { pipeline, come, clock } = pipelineWithLateFilter(sink);
    const closing = pipeline.close({ deadlineMs: 100 });
    clock.advance(20);
    await come();
    await closing;

    expect(sink.closes).toEqual([{ deadlineMs: 80 }]);
  });

  test.each([undefined, Infinity])('a deadline of %s stays what it is', async (deadlineMs) => {
    const sink = new TestSink();
    const { pipeline, come } = pipelineWithLateFilter(sink);
    await come();
    await pipeline.flush({ deadlineMs });
    await pipeline.close({ deadlineMs });

    expect([sink.flushes, sink.closes]).toEqual([[{ deadlineMs }], [{ deadlineMs }]]);
  });
});

describe('a sink that throws wherever it is asked', () => {
  class BrokenSink implements Sink {
    readonly name = 'broken';
    write = refuse;
    flush = refuse;
    close = refuse;
    stats = refuse;
    ready = refuse;
    health = refuse;
    get needsDrain(): never {
      return refuse();
    }
  }

  const filtered = { total: 0, byReason: {} };

  function bench() {
    const other = new MemorySink();
    const made = pipelineOf(new BrokenSink(), other);
    const messages = (): string[] => made.heard.map(({ message }) => message);
    return { ...made, other, messages };
  }

  test('leaves the account of the others', () => {
    const { pipeline, other, messages } = bench();
    other.write(record);

    expect(pipeline.stats()).toEqual({ ...other.stats(), filtered, buffered: 0 });
    expect(messages()).toEqual(['sink broken threw in stats(): no']);
  });

  test('counts as degraded', () => {
    const { pipeline, messages } = bench();

    expect(pipeline.health()).toEqual({
      state: 'degraded',
      sinks: [
        { name: 'broken', state: 'degraded', lastError: 'no' },
        { name: 'memory', state: 'healthy' },
      ],
    });
    expect(messages()).toEqual(['sink broken threw in health(): no']);
  });

  test('makes no producer wait, and does not keep others from it', async () => {
    const { pipeline, other, messages } = bench();
    expect(pipeline.needsDrain).toBe(false);
    other.needsDrain = true;
    expect(pipeline.needsDrain).toBe(true);
    await pipeline.ready();

    expect(messages()).toEqual([
      'sink broken threw in needsDrain: no',
      'sink broken threw in needsDrain: no',
      'sink broken did not get ready: no',
    ]);
  });

  test('lets the others flush and close', async () => {
    const { pipeline, other, messages } = bench();
    expect(await pipeline.flush()).toEqual({ ...other.stats(), filtered, buffered: 0 });
    expect(await pipeline.close()).toEqual({ ...other.stats(), filtered, buffered: 0 });

    expect([other.flushes, other.closes]).toEqual([1, 1]);
    expect(messages()).toEqual([
      'sink broken did not flush: no',
      'sink broken threw in stats(): no',
      'sink broken did not close: no',
      'sink broken threw in stats(): no',
    ]);
  });

  test('may be the only one, or tell what is no account', () => {
    const none = { accepted: 0, delivered: 0, pending: 0, filtered };
    const { pipeline, heard } = pipelineOf(new BrokenSink());

    expect(pipeline.stats()).toMatchObject(none);
    expect(heard).toHaveLength(1);
  });

  const tally = { total: 0, byReason: {} };
  const empty = {
    accepted: 0,
    delivered: 0,
    rejected: tally,
    spooled: 0,
    diverted: tally,
    dropped: tally,
    pending: 0,
  };

  test.each([
    ['nothing', undefined],
    ['a number', 7],
    ['an account without its parts', { accepted: 1, delivered: 1, pending: 0 }],
    ['counts that are texts', { ...empty, accepted: '1', delivered: '1' }],
    ['counts that are no numbers', { ...empty, pending: Number.NaN }],
    ['parts of events', { ...empty, accepted: 0.5, delivered: 0.5 }],
    ['a promise', Promise.resolve(empty)],
  ])('what is no account is left out: %s', (_what, account) => {
    const vague = Object.assign(new MemorySink('vague'), { stats: () => account as never });
    const { pipeline, heard } = pipelineOf(vague);

    expect(pipeline.stats()).toMatchObject({ accepted: 0, delivered: 0, pending: 0 });
    expect(heard).toMatchObject([{ message: expect.stringMatching(/^sink vague threw in stats\(\): /) }]);
  });

  test('may have no name that can be read', () => {
    const nameless = Object.defineProperty(new BrokenSink(), 'name', { get: refuse });
    const { pipeline, heard } = pipelineWith({ sinks: [nameless], routes: routesOf([], undefined) });

    expect(pipeline.stats()).toMatchObject({ accepted: 0 });
    expect(pipeline.health().sinks).toMatchObject([{ name: 'without a name', state: 'degraded' }]);
    expect(heard).toHaveLength(2);
  });
});
