import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { LoggerProvider, SimpleLogRecordProcessor, type LogRecordExporter } from '@opentelemetry/sdk-logs';
import { getLogger, withContext } from 'fapilog-cloudwatch';
import { CloudWatchLogRecordExporter, type OtelExportResult } from 'fapilog-cloudwatch/otel';
import { memoryLogger } from '../../../support/memory-sink.js';

const traceId = '5759e988bd862e3fe1be46a994272793';
const spanId = '53995c3f42cd8ad8';

beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));

afterAll(() => context.disable());

function exported(
  exporter: CloudWatchLogRecordExporter,
  records: readonly unknown[],
): Promise<OtelExportResult> {
  return new Promise((resolve) => exporter.export(records as never, resolve));
}

test('it is an exporter for the SDK', () => {
  const exporter: LogRecordExporter = new CloudWatchLogRecordExporter({ logger: getLogger({ sinks: [] }) });

  expect(Object.keys(exporter)).toEqual([]);
});

test('a record has the span that it names, and nothing of the work in which it is exported', () => {
  const { logger, sink } = memoryLogger();
  const exporter = new CloudWatchLogRecordExporter({ logger });
  const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
  const span = trace.wrapSpanContext({ traceId, spanId, traceFlags: 1 });

  withContext({ requestId: 'of the timer' }, () =>
    context.with(trace.setSpan(ROOT_CONTEXT, span), () => {
      provider.getLogger('shop').emit({ body: 'x' });
      provider.getLogger('shop').emit({ body: 'x', context: ROOT_CONTEXT });
    }),
  );

  expect(sink.logged).toMatchObject([{ traceId, spanId }, { message: 'x' }]);
  expect(sink.logged[1]).not.toHaveProperty('traceId');
  expect(sink.logged[0]).not.toHaveProperty('requestId');
});

test('records that cannot be read fail, and nothing is thrown', async () => {
  const { logger } = memoryLogger();
  const result = await exported(new CloudWatchLogRecordExporter({ logger }), [undefined]);

  expect(result.code).toBe(1);
  expect(result.error!.message).toBe('log records were not delivered: 1 dropped (threw)');
});

test('after the end the answer is failure', async () => {
  const exporter = new CloudWatchLogRecordExporter({ logger: getLogger({ sinks: [] }) });
  await exporter.shutdown();

  expect(await exported(exporter, [])).toEqual({
    code: 1,
    error: new Error('log records came after the exporter was shut down'),
  });
});
