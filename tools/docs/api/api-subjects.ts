/** What an entry point is for, and the page that says more. */
export interface Subject {
  readonly purpose: string;
  /** Relative to `docs/`. */
  readonly page: string;
}

/** By the path that is imported. A new entry point has to say what it is for. */
export const subjects: Readonly<Record<string, Subject>> = {
  'fapilog-cloudwatch': {
    purpose: 'The logger, the sink and their settings, for applications.',
    page: 'logger.md',
  },
  'fapilog-cloudwatch/pino': { purpose: 'A transport and a stream for pino.', page: 'loggers/pino.md' },
  'fapilog-cloudwatch/winston': { purpose: 'A transport for winston 3.', page: 'loggers/winston.md' },
  'fapilog-cloudwatch/console': { purpose: 'Takes what the console is given.', page: 'loggers/console.md' },
  'fapilog-cloudwatch/stream': {
    purpose: 'A `Writable` for bunyan, morgan, log4js and anything else that writes lines.',
    page: 'loggers/stream.md',
  },
  'fapilog-cloudwatch/logtape': { purpose: 'A sink for LogTape.', page: 'loggers/logtape.md' },
  'fapilog-cloudwatch/otel': {
    purpose: 'A processor and an exporter for OpenTelemetry’s SDK of logs.',
    page: 'loggers/opentelemetry.md',
  },
  'fapilog-cloudwatch/http': {
    purpose: 'Logs the requests of node:http, Express, Koa, Hono and Fastify.',
    page: 'loggers/http.md',
  },
  'fapilog-cloudwatch/lambda': { purpose: 'Logs and delivers in AWS Lambda functions.', page: 'lambda.md' },
  'fapilog-cloudwatch/worker': {
    purpose:
      'What a bundler makes the second file of, for worker mode; an application imports nothing of it.',
    page: 'delivery.md#worker-mode',
  },
  'fapilog-cloudwatch/sdk': {
    purpose: 'Brings the AWS SDK into a bundle. It is imported for that alone.',
    page: 'delivery.md',
  },
  'fapilog-cloudwatch/yaml': {
    purpose: 'Brings the parser of YAML into a bundle. It is imported for that alone.',
    page: 'settings.md',
  },
  'fapilog-cloudwatch/cdk': { purpose: 'The construct, for stacks.', page: 'construct.md' },
  'fapilog-cloudwatch/cdk/testing': {
    purpose: 'Proves of a synthesized template what a writer may do.',
    page: 'testing.md',
  },
  'fapilog-cloudwatch/testing': {
    purpose: 'The strict local CloudWatch Logs server, for tests.',
    page: 'testing.md',
  },
};

/** Exports whose page is another than that of their entry point. */
export const pages: Readonly<Record<string, string>> = {
  ContextOptions: 'logger.md',
  Settings: 'settings.md',
  SettingsError: 'settings.md',
  SettingsInput: 'settings.md#in-code',
  CloudWatchSink: 'delivery.md',
  CloudWatchSinkOptions: 'settings.md#sink_configcloudwatch',
  DeliveryReport: 'delivery.md#the-ledger',
  Account: 'delivery.md#the-ledger',
  isBalanced: 'delivery.md#the-ledger',
  MetricOptions: 'metrics.md',
  MetricsOptions: 'metrics.md',
  Diagnostic: 'delivery.md#what-the-sink-reports-about-itself',
  WorkerOptions: 'delivery.md#worker-mode',
  LocalCloudWatchLogsOptions: 'local.md',
};

/** Options of which `docs/settings.md` has a table: their members are not listed a second time. */
export function isInSettingsPage(name: string): boolean {
  return /^(?!SettingsInput).*Input$/.test(name);
}
