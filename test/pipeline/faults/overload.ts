import { until, type DeliveryStage, type Findings } from '../../support/delivery-stage.js';
import type { Scenario } from './scenario.js';

const MAX_QUEUE_BYTES = 1_048_576;
const PADDING = 'x'.repeat(900);

/** Twice what memory holds, most of it of low level, while the service is away; then it comes back. */
async function overload(stage: DeliveryStage): Promise<void> {
  await stage.proxy!.refuse();
  for (let id = 0; id < 2_000; id++) stage.log(id % 10 === 9 ? 'error' : 'debug', PADDING);
  await until(() => stage.sink.stats().circuitBreaker === 'open');
  await stage.proxy!.accept();
  await stage.sink.flush();
  // A loss is reported as soon as there is room again, in a batch of its own.
  await stage.sink.flush();
  expect((await stage.stored()).filter(({ droppedEvents }) => droppedEvents !== undefined)).toHaveLength(1);
}

/** The stream itself says how many are missing, and the ledger says the same. */
function expectTold({ report, lines, logged }: Findings): void {
  const told = lines.flatMap(({ droppedEvents }) => droppedEvents ?? []);
  expect(report.dropped.total).toBeGreaterThan(0);
  expect(report.dropped.byReason).toEqual({ queueFull: report.dropped.total });
  expect(told.reduce((sum, count) => sum + count, 0)).toBe(report.dropped.total);
  expect(report.delivered).toBe(logged - report.dropped.total + told.length);
}

function storedIds({ lines }: Findings): number[] {
  return lines.flatMap(({ id }) => id ?? []);
}

const options = { proxied: true, sink: { maxQueueBytes: MAX_QUEUE_BYTES } };
const varies = { delivered: 'what memory held', dropped: 'the rest, reported in the stream' };
const says = ['dropped.queueFull', 'failed.ECONNREFUSED'];

/** More is logged than can leave. */
export const overloads: readonly Scenario[] = [
  {
    name: 'twice as much logged as memory holds, `shed`',
    options: { ...options, sink: { ...options.sink, overflowPolicy: 'shed' } },
    run: overload,
    varies,
    says,
    check: (findings, { levels }) => {
      expectTold(findings);
      const stored = new Set(storedIds(findings));
      const missing = levels.flatMap((level, id) => (stored.has(id) ? [] : [level]));
      expect(new Set(missing)).toEqual(new Set(['debug']));
    },
  },
  {
    name: 'twice as much logged as memory holds, `drop_oldest`',
    options: { ...options, sink: { ...options.sink, overflowPolicy: 'drop_oldest' } },
    run: overload,
    varies,
    says,
    check: (findings) => {
      expectTold(findings);
      expect(storedIds(findings).at(-1)).toBe(1_999);
    },
  },
  {
    name: 'twice as much logged as memory holds, `drop_newest`',
    options: { ...options, sink: { ...options.sink, overflowPolicy: 'drop_newest' } },
    run: overload,
    varies,
    says,
    check: (findings) => {
      expectTold(findings);
      const stored = storedIds(findings);
      expect(stored).toEqual(stored.map((_, index) => index));
    },
  },
  {
    name: 'five times as much logged as memory holds, by a producer that waits',
    options: { ...options, sink: { ...options.sink, batchSize: 200 } },
    async run(stage) {
      for (let id = 0; id < 5_000; id++) {
        if (stage.logger.needsDrain) await stage.logger.ready();
        stage.log('info', PADDING);
      }
      await stage.sink.flush();
    },
  },
];
