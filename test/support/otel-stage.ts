import type { AnyValue, LogRecord as EmittedRecord } from '@opentelemetry/api-logs';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, type LoggerProviderConfig } from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordProcessor } from '../../runtime/adapters/otel/processor.js';
import type { CloudWatchLogRecordProcessorOptions } from '../../runtime/adapters/otel/options.js';
import type { Line } from './memory-sink.js';
import { memoryLogger } from './memory-sink.js';

export type { AnyValue, EmittedRecord };

export interface OtelStageOptions {
  readonly provider?: Partial<LoggerProviderConfig>;
  readonly processor?: CloudWatchLogRecordProcessorOptions;
  readonly scope?: Parameters<LoggerProvider['getLogger']>;
}

/** The lines of records that the real SDK emits into our processor. */
export function linesOf(
  records: readonly EmittedRecord[],
  { provider = {}, processor = {}, scope = ['shop'] }: OtelStageOptions = {},
): readonly Line[] {
  const { logger, sink } = memoryLogger();
  const processors = [new CloudWatchLogRecordProcessor({ logger, ...processor })];
  const resource = resourceFromAttributes({});
  const otel = new LoggerProvider({ resource, ...provider, processors }).getLogger(...scope);
  for (const record of records) otel.emit(record);
  return sink.logged;
}

/** The line of one record, without its time and the name of its scope. */
export function toldOf(record: EmittedRecord, options?: OtelStageOptions): Line {
  const [line] = linesOf([record], options);
  const { timestamp: _, 'otel.scope.name': __, ...told } = line!;
  return told;
}
