import { Diagnostics, type Diagnostic } from '../../../runtime/io/diagnostics.js';
import { Logger } from '../../../runtime/logger/logger.js';
import { FilterChain } from '../../../runtime/logger/filter-chain.js';
import { Pipeline } from '../../../runtime/logger/pipeline.js';
import { routesOf } from '../../../runtime/logger/routing.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import type { Sink } from '../../../runtime/sink-port.js';
import { systemClock } from '../../../runtime/io/clock.js';
import { MemorySink } from '../../support/memory-sink.js';
import { refuse } from '../../support/hostile.js';

const record: LogRecord = { timeMs: 0, level: 'info', message: 'hi', fields: [] };

function pipelineOf(...sinks: Sink[]): { readonly pipeline: Pipeline; readonly heard: Diagnostic[] } {
  const heard: Diagnostic[] = [];
  const diagnostics = new Diagnostics(
    systemClock,
    () => undefined,
    (diagnostic) => heard.push(diagnostic),
  );
  const routed = sinks.map((sink) => ({ name: sink.name, sink, level: 'trace' as const }));
  const pipeline = new Pipeline({
    sinks,
    routes: routesOf(routed, undefined),
    enrichment: { fields: {} },
    traceFields: () => undefined,
    redact: (each) => each,
    filters: new FilterChain([], diagnostics),
    diagnostics,
  });
  return { pipeline, heard };
}

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

  new Logger(pipeline, 'info').info('hi');

  expect(other.lines).toHaveLength(1);
  expect(heard).toEqual([{ code: 'sink', message: 'sink broken threw: no', occurrences: 1 }]);
});

test('the account is the sum over the sinks, and the one of the only sink', () => {
  const [one, other] = [new MemorySink(), new MemorySink()];
  const { pipeline } = pipelineOf(one, other);

  pipeline.write(record);

  expect(pipeline.stats()).toMatchObject({ accepted: 2, delivered: 2, pending: 0 });
  expect(pipelineOf(one).pipeline.stats()).toEqual({ ...one.stats(), filtered: { total: 0, byReason: {} } });
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
  const logger = new Logger(pipeline, 'info');

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
  const ready = new Logger(pipeline, 'info').ready().then(() => (isReady = true));

  open[0]!();
  await Promise.resolve();
  expect([isReady, open.length]).toEqual([false, 2]);
  open[1]!();
  await ready;
  expect(isReady).toBe(true);
});
