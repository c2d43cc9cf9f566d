export { getLogger } from './logger/get-logger.js';
export type { LoggerOptions } from './logger/logger-options.js';
export type { ChildOptions, LogMethod, Logger } from './logger/logger.js';
export type { MetricEntry, MetricOptions, MetricsOptions, MetricValue } from './logger/metric-options.js';
export type { MetricUnit } from '../contract/metrics.js';
export type { DurableLoggingContext } from './logger/scope.js';
export type { Serializers } from './logger/serializers.js';
export { withContext } from './logger/context.js';
export type { ContextOptions } from './logger/context-options.js';
export {
  Settings,
  type SettingsInput,
  type SettingsOptions,
  type SettingsSources,
} from './settings/settings.js';
export type { PluginSettings } from './settings/document.js';
export type { Environment } from '../contract/codec.js';
export type { DeliveryReport } from './delivery-report.js';
export type { WorkerOptions } from './edges.js';
export { CloudWatchSink } from './sink.js';
export type { CloudWatchSinkOptions } from './sink-options.js';
export type {
  ClientConfig,
  ClientCredentialProvider,
  ClientCredentials,
  LogsClient,
} from './send/given-client.js';
export type { SinkHealth } from './ack/health.js';
export type { CloseOptions, FlushOptions, Sink } from './sink-port.js';
export { PluginError, registerFilter, registerSink } from './plugins/registry.js';
export type {
  FilterDefinition,
  FilterFactory,
  SinkContext,
  SinkDefinition,
  SinkFactory,
  StandardIssue,
  StandardResult,
  StandardSchema,
} from './plugins/definition.js';
export type { Filter, FilterContext } from './filter/filter.js';
export { flushWorkers, flushWorkersSync } from './threads/flush-workers.js';
export type { FlushState } from './io/flush-request.js';
export type { FlushWorkersOptions, WorkerFlush } from './threads/flush-workers.js';
export type { Clock, Timer } from './io/clock.js';
export { formatLine } from './serialize/line.js';
export type { OversizeAction } from './serialize/events.js';
export type { LoggerAccount, LoggerHealth } from './logger/pipeline.js';
export type { Fields, FinishedLine, LogRecord } from './log-record.js';
export { isBalanced, type Account, type Tally } from './ack/ledger.js';
export type { RejectedLogEvent, RejectionHook } from './ack/settler.js';
export { DIAGNOSTICS_CHANNEL, type Diagnostic, type DiagnosticHook, type Report } from './io/diagnostics.js';
export { SettingsError, type Problem } from '../contract/problems.js';
export type {
  AppInput,
  CloudWatchCommonInput,
  CloudWatchDeliveryInput,
  CloudWatchInput,
  CloudWatchWriterInput,
  CoreInput,
  FileInput,
  FilterConfigInput,
  FirstOccurrenceInput,
  LevelInput,
  PluginsInput,
  RateLimitInput,
  RedactionInput,
  SamplingInput,
  SinkConfigInput,
  SinkRoutingInput,
  SizeGuardInput,
  StderrJsonInput,
  StdoutJsonInput,
  StdoutPrettyInput,
} from '../contract/inputs.generated.js';
export type { RoutingRule } from '../contract/settings/routing.js';
export { LEVELS, type Level, type MinimumLevel } from '../contract/levels.js';
