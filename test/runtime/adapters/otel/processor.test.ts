import { context, ROOT_CONTEXT, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { LoggerProvider, type LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { getLogger, Settings, withContext } from 'fapilog-cloudwatch';
import { CloudWatchLogRecordProcessor } from 'fapilog-cloudwatch/otel';
import { MemorySink, memoryLogger } from '../../../support/memory-sink.js';

beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));

afterAll(() => context.disable());

const SPAN = { spanId: '53995c3f42cd8ad8', traceFlags: TraceFlags.SAMPLED };
const [OURS, OTHER] = ['5759e988bd862e3fe1be46a994272793', '0af7651916cd43dd8448eb211c80319c'] as const;

function spanOf(traceId: string): Context {
  return trace.setSpan(ROOT_CONTEXT, trace.wrapSpanContext({ traceId, ...SPAN }));
}

test('it is a processor for the SDK', () => {
  const processor: LogRecordProcessor = new CloudWatchLogRecordProcessor({
    logger: getLogger({ sinks: [] }),
  });

  expect(Object.keys(processor)).toEqual([]);
});

test('a line has the fields of the work in which it is emitted, and the span that the record names', () => {
  const { logger, sink } = memoryLogger();
  const processor = new CloudWatchLogRecordProcessor({ logger });
  const otel = new LoggerProvider({ processors: [processor] }).getLogger('shop');

  withContext({ requestId: 'r-1' }, () =>
    context.with(spanOf(OURS), () => {
      otel.emit({ body: 'in the span' });
      otel.emit({ body: 'in another one', context: spanOf(OTHER) });
      otel.emit({ body: 'in none', context: ROOT_CONTEXT });
    }),
  );

  expect(sink.logged.map(({ traceId, requestId }) => ({ traceId, requestId }))).toEqual([
    { traceId: OURS, requestId: 'r-1' },
    { traceId: OTHER, requestId: 'r-1' },
    { traceId: undefined, requestId: 'r-1' },
  ]);
});

test('ids of a trace are in the format of the settings', () => {
  const sink = new MemorySink();
  const settings = new Settings({ core: { traceFormat: 'xray', enrich: false } }, { env: {} });
  const processor = new CloudWatchLogRecordProcessor({ logger: getLogger({ settings, sinks: [sink] }) });
  new LoggerProvider({ processors: [processor] })
    .getLogger('shop')
    .emit({ body: 'x', context: spanOf(OURS) });

  expect(sink.logged).toMatchObject([
    { traceId: `1-${OURS.slice(0, 8)}-${OURS.slice(8)}`, spanId: SPAN.spanId },
  ]);
});

test('the lowest level leaves out what is below it, and the level of the logger does not count', () => {
  const { logger, sink } = memoryLogger('error');
  const processor = new CloudWatchLogRecordProcessor({ logger, level: 'warn' });
  const otel = new LoggerProvider({ processors: [processor] }).getLogger('shop');
  for (const severityNumber of [1, 9, 13, 21]) otel.emit({ body: 'x', severityNumber });

  expect(sink.logged.map(({ level }) => level)).toEqual(['warn', 'fatal']);
});

test('a record that cannot be read is counted as dropped, and harms nobody', () => {
  const { logger } = memoryLogger();
  const processor = new CloudWatchLogRecordProcessor({ logger });
  processor.onEmit(undefined as never);
  processor.onEmit({} as never);

  expect(logger.stats()).toMatchObject({ accepted: 2, dropped: { byReason: { threw: 2 } } });
});

test('the end leaves a logger of the application open, once what waits is flushed', async () => {
  const { logger, sink } = memoryLogger();
  const processor = new CloudWatchLogRecordProcessor({ logger });
  await processor.forceFlush({ timeoutMillis: 10 });
  const ends = [processor.shutdown(), processor.shutdown()];
  await Promise.all(ends);

  expect(ends[0]).toBe(ends[1]);
  expect([sink.flushes, sink.closes, logger.isClosed]).toEqual([2, 0, false]);
});
