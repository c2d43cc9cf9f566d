export { CloudWatchLogRecordExporter } from './otel/exporter.js';
export type {
  OtelExportResult,
  OtelLogRecord,
  OtelResource,
  OtelScope,
  OtelTime,
} from './otel/log-record.js';
export type {
  CloudWatchLogRecordExporterOptions,
  CloudWatchLogRecordProcessorOptions,
} from './otel/options.js';
export { CloudWatchLogRecordProcessor } from './otel/processor.js';
export type { OutletOptions } from './outlet/outlet-options.js';
