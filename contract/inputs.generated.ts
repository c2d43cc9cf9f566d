/* Written by `npm run docs` from the rows of the settings. Change those instead. */
import type { RoutingRule } from './settings/routing.js';

/** What the logger does, whatever its sinks are. */
export interface CoreInput {
  /**
   * Where log events go, by name. An empty list turns logging off: nothing else has to be set then.
   *
   * Allowed: a list of different names, such as ["cloudwatch","stdout_json"] or "cloudwatch,stdout_json", or
   * "none".
   * Variable: `FAPILOG_CORE__SINKS`.
   *
   * @default ["cloudwatch"]
   */
  readonly sinks?: readonly string[] | undefined;
  /**
   * Lowest level that is logged; at `silent` nothing is, and nothing else has to be set.
   *
   * Allowed: one of trace, debug, info, warn, error, fatal, silent (also warning, critical), in any case.
   * Variable: `FAPILOG_CORE__LOG_LEVEL`.
   *
   * @default 'info'
   */
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent' | undefined;
  /**
   * Filters that each record passes, by name and in this order, before any sink queues it.
   *
   * Allowed: a list of different names, such as ["rate_limit","sampling"] or "rate_limit,sampling", or "none".
   * Variable: `FAPILOG_CORE__FILTERS`.
   *
   * @default []
   */
  readonly filters?: readonly string[] | undefined;
  /**
   * Packages whose sinks and filters may be named. No package is loaded that is not named here, as a sink or as a
   * filter.
   *
   * Allowed: a list of different names, such as ["@acme/fapilog-kafka"] or "@acme/fapilog-kafka", or "none".
   * Variable: `FAPILOG_CORE__PLUGINS`.
   *
   * @default []
   */
  readonly plugins?: readonly string[] | undefined;
  /**
   * Deliver to CloudWatch Logs from a worker thread, so that the application’s thread only makes the lines.
   *
   * Allowed: true or false (also 1, yes, on, 0, no, off).
   * Variable: `FAPILOG_CORE__WORKER`.
   *
   * @default false
   */
  readonly worker?: boolean | undefined;
  /**
   * Add what is known of the process to each line: service, version, host, Lambda function, ECS task, pod.
   *
   * Allowed: true or false (also 1, yes, on, 0, no, off).
   * Variable: `FAPILOG_CORE__ENRICH`.
   *
   * @default true
   */
  readonly enrich?: boolean | undefined;
  /**
   * How a line names its trace. `otel`: `traceId` and `spanId`, as their source writes them. `snake`: `trace_id`,
   * `span_id` and `trace_flags`, in hexadecimal digits. `xray`: `traceId` in the form
   * `1-5759e988-bd862e3fe1be46a994272793`, and `spanId`.
   *
   * Allowed: one of otel, snake, xray, in any case.
   * Variable: `FAPILOG_CORE__TRACE_FORMAT`.
   *
   * @default 'otel'
   */
  readonly traceFormat?: 'otel' | 'snake' | 'xray' | undefined;
  /**
   * Namespace in CloudWatch of the metrics that the program writes into its log.
   *
   * Allowed: 1 to 255 letters, digits, spaces and . - _ / # :, not beginning with ":" or "AWS/".
   * Variable: `FAPILOG_CORE__METRICS_NAMESPACE`.
   *
   * @default - the name of the service
   */
  readonly metricsNamespace?: string | undefined;
}

/** What the application is: fields of each line. */
export interface AppInput {
  /**
   * Name of the service: the field `service` of each line.
   *
   * Allowed: any text that is not blank.
   * Variable: `FAPILOG_SERVICE`.
   *
   * @default - `OTEL_SERVICE_NAME`, or the name of the Lambda function
   */
  readonly service?: string | undefined;
  /**
   * Environment, such as production: the field `env` of each line.
   *
   * Allowed: any text that is not blank.
   * Variable: `FAPILOG_ENV`.
   *
   * @default - no field
   */
  readonly env?: string | undefined;
  /**
   * Version of the service: the field `version` of each line.
   *
   * Allowed: any text that is not blank.
   * Variable: `FAPILOG_VERSION`.
   *
   * @default - the version of the Lambda function
   */
  readonly version?: string | undefined;
}

/** Settings of the sink `cloudwatch` that the construct and a sink take alike. */
export interface CloudWatchCommonInput {
  /**
   * Lowest level that this sink takes; at `silent` it takes nothing. Its account does not count lower ones.
   *
   * Allowed: one of trace, debug, info, warn, error, fatal, silent (also warning, critical), in any case.
   * Variable: `FAPILOG_CLOUDWATCH__LEVEL`.
   *
   * @default 'trace'
   */
  readonly level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent' | undefined;
  /**
   * Log stream of this process.
   *
   * Allowed: 1 to 512 characters, without ":" and "*".
   * Variable: `FAPILOG_CLOUDWATCH__LOG_STREAM_NAME`.
   *
   * @default - `logStreamPrefix`, then host name, process id and a random part
   */
  readonly logStreamName?: string | undefined;
  /**
   * Beginning of the log stream’s name. Host name, process id and a random part follow, unless `logStreamName` is
   * the whole name.
   *
   * Allowed: 1 to 256 characters, without ":" and "*".
   * Variable: `FAPILOG_CLOUDWATCH__LOG_STREAM_PREFIX`.
   *
   * @default - nothing is put before the host name
   */
  readonly logStreamPrefix?: string | undefined;
  /**
   * Endpoint to call in place of the service’s: a VPC endpoint, or a local server.
   *
   * Allowed: an http or https URL, such as http://127.0.0.1:4566.
   * Variable: `FAPILOG_CLOUDWATCH__ENDPOINT_URL`.
   *
   * @default - the service’s endpoint in the Region
   */
  readonly endpointUrl?: string | undefined;
  /**
   * Number of events that completes a batch. The service’s limit in bytes may complete it earlier.
   *
   * Allowed: an integer from 1 to 10000.
   * Variable: `FAPILOG_CLOUDWATCH__BATCH_SIZE`.
   *
   * @default 10000
   */
  readonly batchSize?: number | undefined;
  /**
   * Longest time that an event waits for its batch to fill, in seconds.
   *
   * Allowed: seconds from 0.001 to 86400, such as 5, "5s" or "500ms".
   * Variable: `FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS`.
   *
   * @default 2
   */
  readonly batchTimeoutSeconds?: number | string | undefined;
  /**
   * Retries of a batch after the first attempt; 0 means one attempt.
   *
   * Allowed: an integer of at least 0.
   * Variable: `FAPILOG_CLOUDWATCH__MAX_RETRIES`.
   *
   * @default - as often as `maxBatchAgeSeconds` allows
   */
  readonly maxRetries?: number | undefined;
  /**
   * Upper bound of the random delay before the first retry, in seconds. It doubles with each retry, up to 60 times
   * this value.
   *
   * Allowed: seconds from 0.001 to 3600, such as 5, "5s" or "500ms".
   * Variable: `FAPILOG_CLOUDWATCH__RETRY_BASE_DELAY`.
   *
   * @default 0.5
   */
  readonly retryBaseDelay?: number | string | undefined;
  /**
   * Longest time that a batch waits for delivery, in seconds. Then its events go to the spool, or to stderr if
   * there is no spool.
   *
   * Allowed: seconds from 1 to 1209600, such as 5 or "5s".
   * Variable: `FAPILOG_CLOUDWATCH__MAX_BATCH_AGE_SECONDS`.
   *
   * @default 3600
   */
  readonly maxBatchAgeSeconds?: number | string | undefined;
  /**
   * Time after which a call without an answer is aborted and retried, in seconds.
   *
   * Allowed: seconds from 0.05 to 300, such as 5, "5s" or "500ms".
   * Variable: `FAPILOG_CLOUDWATCH__REQUEST_TIMEOUT_SECONDS`.
   *
   * @default 15
   */
  readonly requestTimeoutSeconds?: number | string | undefined;
  /**
   * Memory that waiting events may take, in bytes: request bodies, and what is kept about events and batches.
   *
   * Allowed: bytes from 1048576 to 4294967296, such as 1073741824 or "1 GB" (a KB has 1024).
   * Variable: `FAPILOG_CLOUDWATCH__MAX_QUEUE_BYTES`.
   *
   * @default 33554432
   */
  readonly maxQueueBytes?: number | string | undefined;
  /**
   * Number of events that may wait.
   *
   * Allowed: an integer of at least 1.
   * Variable: `FAPILOG_CLOUDWATCH__MAX_QUEUE_EVENTS`.
   *
   * @default 250000
   */
  readonly maxQueueEvents?: number | undefined;
  /**
   * What is dropped, and counted, when the queue is full. `shed`: the lowest level first, and of that the oldest
   * event. `drop_oldest`: the oldest event. `drop_newest`: the new one.
   *
   * Allowed: one of shed, drop_oldest, drop_newest, in any case.
   * Variable: `FAPILOG_CLOUDWATCH__OVERFLOW_POLICY`.
   *
   * @default 'shed'
   */
  readonly overflowPolicy?: 'shed' | 'drop_oldest' | 'drop_newest' | undefined;
  /**
   * Directory for events that memory cannot hold, and for those left at the end of the process. It is made if it
   * is not there; if others than its owner may write to it, it is refused. Processes can share it. A later process
   * delivers what an earlier one left.
   *
   * Allowed: the path of a directory.
   * Variable: `FAPILOG_CLOUDWATCH__SPOOL_DIR`.
   *
   * @default - nothing is written to disk
   */
  readonly spoolDir?: string | undefined;
  /**
   * What goes to disk. `overflow`: events for which there is no memory or no time. `always`: each event as it is
   * logged, so that it survives a crash.
   *
   * Allowed: one of overflow, always, in any case.
   * Variable: `FAPILOG_CLOUDWATCH__SPOOL_MODE`.
   *
   * @default 'overflow'
   */
  readonly spoolMode?: 'overflow' | 'always' | undefined;
  /**
   * Disk that the events of one process may take, in bytes. Beyond that, the oldest are dropped, and counted. What
   * dead processes left stays where it is until there is room.
   *
   * Allowed: bytes from 16777216 to 1099511627776, such as 1073741824 or "1 GB" (a KB has 1024).
   * Variable: `FAPILOG_CLOUDWATCH__SPOOL_MAX_BYTES`.
   *
   * @default 2147483648
   */
  readonly spoolMaxBytes?: number | string | undefined;
  /**
   * When the spool calls fsync, so that events survive a crash of the machine: never, once a second in the
   * background, or before each batch is sent.
   *
   * Allowed: one of never, interval, every_batch, in any case.
   * Variable: `FAPILOG_CLOUDWATCH__SPOOL_FSYNC`.
   *
   * @default 'never'
   */
  readonly spoolFsync?: 'never' | 'interval' | 'every_batch' | undefined;
  /**
   * What happens to an event over the service’s limit of 1 MiB: its largest members are shortened, it is sent in
   * parts, or it is dropped.
   *
   * Allowed: one of truncate, split, drop, in any case.
   * Variable: `FAPILOG_CLOUDWATCH__OVERSIZE_ACTION`.
   *
   * @default 'truncate'
   */
  readonly oversizeAction?: 'truncate' | 'split' | 'drop' | undefined;
  /**
   * Make one call at a time, each after the one before it is settled.
   *
   * Allowed: true or false (also 1, yes, on, 0, no, off).
   * Variable: `FAPILOG_CLOUDWATCH__ORDERED`.
   *
   * @default false
   */
  readonly ordered?: boolean | undefined;
  /**
   * Largest number of calls in flight. Throttling lowers it, success raises it again.
   *
   * Allowed: an integer from 1 to 32.
   * Variable: `FAPILOG_CLOUDWATCH__MAX_CONCURRENCY`.
   *
   * @default 4
   */
  readonly maxConcurrency?: number | undefined;
  /**
   * Compress calls of more than 1 KiB, until the endpoint refuses one.
   *
   * Allowed: true or false (also 1, yes, on, 0, no, off).
   * Variable: `FAPILOG_CLOUDWATCH__GZIP`.
   *
   * @default true
   */
  readonly gzip?: boolean | undefined;
  /**
   * Say in each call which service writes, so that CloudWatch shows the events beside the service’s traces and
   * metrics. Only where `service` or `OTEL_SERVICE_NAME` names it.
   *
   * Allowed: true or false (also 1, yes, on, 0, no, off).
   * Variable: `FAPILOG_CLOUDWATCH__ENTITY`.
   *
   * @default true
   */
  readonly entity?: boolean | undefined;
  /**
   * Create the log stream when the service says that it is missing.
   *
   * Allowed: true or false (also 1, yes, on, 0, no, off).
   * Variable: `FAPILOG_CLOUDWATCH__CREATE_LOG_STREAM`.
   *
   * @default true
   */
  readonly createLogStream?: boolean | undefined;
  /**
   * Pause delivery when several calls in a row have failed, and probe until one succeeds. Events wait meanwhile.
   *
   * Allowed: true or false (also 1, yes, on, 0, no, off).
   * Variable: `FAPILOG_CLOUDWATCH__CIRCUIT_BREAKER_ENABLED`.
   *
   * @default true
   */
  readonly circuitBreakerEnabled?: boolean | undefined;
  /**
   * Calls that must fail in a row before delivery pauses.
   *
   * Allowed: an integer of at least 1.
   * Variable: `FAPILOG_CLOUDWATCH__CIRCUIT_BREAKER_THRESHOLD`.
   *
   * @default 5
   */
  readonly circuitBreakerThreshold?: number | undefined;
  /**
   * How often the sink writes what became of its events, in seconds: a line of its own with metrics of CloudWatch,
   * only if there is something to tell.
   *
   * Allowed: seconds from 1 to 86400, such as 5 or "5s".
   * Variable: `FAPILOG_CLOUDWATCH__DELIVERY_METRICS_SECONDS`.
   *
   * @default - no such metrics
   */
  readonly deliveryMetricsSeconds?: number | string | undefined;
  /**
   * Longest time that the end of the process, a signal or `close` waits for deliveries, in seconds. The rest is
   * diverted. ECS and Kubernetes kill a container after 30 seconds by default.
   *
   * Allowed: seconds from 0 to 86400, such as 5, "5s" or "500ms".
   * Variable: `FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS`.
   *
   * @default 10
   */
  readonly shutdownDeadlineSeconds?: number | string | undefined;
  /**
   * Deliver what waits before SIGTERM, SIGINT or SIGHUP ends the process, unless the application listens to the
   * signal itself. SIGINT waits two seconds at most.
   *
   * Allowed: true or false (also 1, yes, on, 0, no, off).
   * Variable: `FAPILOG_CLOUDWATCH__INSTALL_SIGNAL_HANDLERS`.
   *
   * @default true
   */
  readonly installSignalHandlers?: boolean | undefined;
}

/** Settings of the sink `cloudwatch` that do not follow from the log group or the writer role. */
export interface CloudWatchDeliveryInput extends CloudWatchCommonInput {
  /**
   * What makes the calls: with `auto` the sink itself, where credentials are in the environment or at the
   * container’s endpoint and nothing else is configured, else the AWS SDK’s client; with `sdk` always that.
   *
   * Allowed: one of auto, sdk, in any case.
   * Variable: `FAPILOG_CLOUDWATCH__CLIENT`.
   *
   * @default 'auto'
   */
  readonly client?: 'auto' | 'sdk' | undefined;
}

/** Settings of the sink `cloudwatch` that follow from the log group or the writer role. */
export interface CloudWatchWriterInput {
  /**
   * Log group that receives the events.
   *
   * Allowed: 1 to 512 of the characters a-z A-Z 0-9 _ - / . #, not starting with "aws/".
   * Variable: `FAPILOG_CLOUDWATCH__LOG_GROUP_NAME`.
   *
   * @default - required; the construct sets it
   */
  readonly logGroupName?: string | undefined;
  /**
   * AWS Region of the log group.
   *
   * Allowed: the name of an AWS Region, such as us-west-2.
   * Variable: `FAPILOG_CLOUDWATCH__REGION`.
   *
   * @default - `AWS_REGION`, `AWS_DEFAULT_REGION`, then the AWS SDK’s own chain
   */
  readonly region?: string | undefined;
  /**
   * IAM role that the sink assumes to write, for log groups of another account.
   *
   * Allowed: the ARN of an IAM role, such as arn:aws:iam::123456789012:role/log-writer, without wildcards.
   * Variable: `FAPILOG_CLOUDWATCH__ROLE_ARN`.
   *
   * @default - the credentials of the process are used as they are
   */
  readonly roleArn?: string | undefined;
  /**
   * External ID that the trust policy of the role in `roleArn` asks for.
   *
   * Allowed: 2 to 1224 of the characters a-z A-Z 0-9 _ + = , . @ : / -.
   * Variable: `FAPILOG_CLOUDWATCH__EXTERNAL_ID`.
   *
   * @default - none is sent
   */
  readonly externalId?: string | undefined;
  /**
   * Days for which the log group keeps events. Older events are not sent. A log group that the sink creates gets
   * this retention.
   *
   * Allowed: one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
   * 3288, 3653.
   * Variable: `FAPILOG_CLOUDWATCH__RETENTION_IN_DAYS`.
   *
   * @default - not known; the service’s 14 days apply
   */
  readonly retentionInDays?: number | undefined;
  /**
   * Create the log group when the service says that it is missing. The construct sets false.
   *
   * Allowed: true or false (also 1, yes, on, 0, no, off).
   * Variable: `FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP`.
   *
   * @default true
   */
  readonly createLogGroup?: boolean | undefined;
}

/** The sink `cloudwatch`: delivers to CloudWatch Logs. */
export interface CloudWatchInput extends CloudWatchDeliveryInput, CloudWatchWriterInput {}

/** The sink `stdout_json`: lines on standard output, as they would go to CloudWatch Logs. */
export interface StdoutJsonInput {
  /**
   * Lowest level that this sink takes; at `silent` it takes nothing. Its account does not count lower ones.
   *
   * Allowed: one of trace, debug, info, warn, error, fatal, silent (also warning, critical), in any case.
   * Variable: `FAPILOG_SINK_CONFIG__STDOUT_JSON__LEVEL`.
   *
   * @default 'trace'
   */
  readonly level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent' | undefined;
}

/** The sink `stdout_pretty`: lines on standard output, for people. */
export interface StdoutPrettyInput {
  /**
   * Lowest level that this sink takes; at `silent` it takes nothing. Its account does not count lower ones.
   *
   * Allowed: one of trace, debug, info, warn, error, fatal, silent (also warning, critical), in any case.
   * Variable: `FAPILOG_SINK_CONFIG__STDOUT_PRETTY__LEVEL`.
   *
   * @default 'trace'
   */
  readonly level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent' | undefined;
  /**
   * Colours: on a terminal, always or never.
   *
   * Allowed: one of auto, always, never, in any case.
   * Variable: `FAPILOG_SINK_CONFIG__STDOUT_PRETTY__COLOUR`.
   *
   * @default 'auto'
   */
  readonly colour?: 'auto' | 'always' | 'never' | undefined;
}

/** The sink `stderr_json`: lines on standard error, as they would go to CloudWatch Logs. */
export interface StderrJsonInput {
  /**
   * Lowest level that this sink takes; at `silent` it takes nothing. Its account does not count lower ones.
   *
   * Allowed: one of trace, debug, info, warn, error, fatal, silent (also warning, critical), in any case.
   * Variable: `FAPILOG_SINK_CONFIG__STDERR_JSON__LEVEL`.
   *
   * @default 'trace'
   */
  readonly level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent' | undefined;
}

/** The sink `file`: appends lines to a file. */
export interface FileInput {
  /**
   * Lowest level that this sink takes; at `silent` it takes nothing. Its account does not count lower ones.
   *
   * Allowed: one of trace, debug, info, warn, error, fatal, silent (also warning, critical), in any case.
   * Variable: `FAPILOG_FILE__LEVEL`.
   *
   * @default 'trace'
   */
  readonly level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent' | undefined;
  /**
   * File to which lines are appended.
   *
   * Allowed: the path of a file.
   * Variable: `FAPILOG_FILE__PATH`.
   *
   * @default - required by the sink `file`
   */
  readonly path?: string | undefined;
  /**
   * Create the directory of the file if it is missing.
   *
   * Allowed: true or false (also 1, yes, on, 0, no, off).
   * Variable: `FAPILOG_FILE__MAKE_DIRECTORY`.
   *
   * @default true
   */
  readonly makeDirectory?: boolean | undefined;
}

/** Which levels go to which sinks. */
export interface SinkRoutingInput {
  /**
   * Send records by the rules, instead of to every sink.
   *
   * Allowed: true or false (also 1, yes, on, 0, no, off).
   * Variable: `FAPILOG_SINK_ROUTING__ENABLED`.
   *
   * @default false
   */
  readonly enabled?: boolean | undefined;
  /**
   * Levels, and the sinks to which they go. A record goes to the sinks of all rules that name its level.
   *
   * Allowed: JSON such as [{"levels":["error","fatal"],"sinks":["cloudwatch"]}].
   * Variable: `FAPILOG_SINK_ROUTING__RULES`.
   *
   * @default []
   */
  readonly rules?: readonly RoutingRule[] | undefined;
  /**
   * Sinks of the records that no rule names. Without any, they go to every sink.
   *
   * Allowed: a list of different names, such as ["stdout_json"] or "stdout_json", or "none".
   * Variable: `FAPILOG_SINK_ROUTING__FALLBACK_SINKS`.
   *
   * @default []
   */
  readonly fallbackSinks?: readonly string[] | undefined;
}

/** The filter `level`: a second gate, behind the logger’s own. */
export interface LevelInput {
  /**
   * Lowest level that passes; at `silent` nothing does.
   *
   * Allowed: one of trace, debug, info, warn, error, fatal, silent (also warning, critical), in any case.
   * Variable: `FAPILOG_FILTER_CONFIG__LEVEL__MIN_LEVEL`.
   *
   * @default 'trace'
   */
  readonly minLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent' | undefined;
}

/** The filter `rate_limit`: a token bucket, one for each key. */
export interface RateLimitInput {
  /**
   * Records that may pass at once; a bucket starts full.
   *
   * Allowed: an integer of at least 1.
   * Variable: `FAPILOG_FILTER_CONFIG__RATE_LIMIT__CAPACITY`.
   *
   * @default 10
   */
  readonly capacity?: number | undefined;
  /**
   * Records that may pass each second after that.
   *
   * Allowed: a number from 0 to 1000000000.
   * Variable: `FAPILOG_FILTER_CONFIG__RATE_LIMIT__REFILL_RATE_PER_SEC`.
   *
   * @default 5
   */
  readonly refillRatePerSec?: number | undefined;
  /**
   * Field whose values have a bucket each; dots lead into nested fields.
   *
   * Allowed: the path of a field, such as requestId or user.id.
   * Variable: `FAPILOG_FILTER_CONFIG__RATE_LIMIT__KEY_FIELD`.
   *
   * @default - one bucket for all records
   */
  readonly keyField?: string | undefined;
  /**
   * Number of buckets to keep; the least recently used one goes first.
   *
   * Allowed: an integer of at least 1.
   * Variable: `FAPILOG_FILTER_CONFIG__RATE_LIMIT__MAX_KEYS`.
   *
   * @default 10000
   */
  readonly maxKeys?: number | undefined;
  /**
   * What happens to a record over the limit. `drop`: it is suppressed. `mark`: it passes with the field
   * `rate_limited: true`.
   *
   * Allowed: one of drop, mark, in any case.
   * Variable: `FAPILOG_FILTER_CONFIG__RATE_LIMIT__OVERFLOW_ACTION`.
   *
   * @default 'drop'
   */
  readonly overflowAction?: 'drop' | 'mark' | undefined;
  /**
   * How often one line reports the number of suppressed records, in seconds.
   *
   * Allowed: seconds from 1 to 86400, such as 5 or "5s".
   * Variable: `FAPILOG_FILTER_CONFIG__RATE_LIMIT__WINDOW_SECONDS`.
   *
   * @default 60
   */
  readonly windowSeconds?: number | string | undefined;
}

/** The filter `sampling`: passes a share of the records; errors always pass. */
export interface SamplingInput {
  /**
   * Share of the records that passes.
   *
   * Allowed: a number from 0 to 1.
   * Variable: `FAPILOG_FILTER_CONFIG__SAMPLING__RATE`.
   *
   * @default 1
   */
  readonly rate?: number | undefined;
  /**
   * Field that decides: records with the same value pass together or not at all. A `trace_id` will do in place of
   * `traceId`. Without the field, chance decides.
   *
   * Allowed: the path of a field, such as requestId or user.id.
   * Variable: `FAPILOG_FILTER_CONFIG__SAMPLING__KEY_FIELD`.
   *
   * @default 'traceId'
   */
  readonly keyField?: string | undefined;
  /**
   * Lowest level that always passes; at `silent` the rate is that of every level.
   *
   * Allowed: one of trace, debug, info, warn, error, fatal, silent (also warning, critical), in any case.
   * Variable: `FAPILOG_FILTER_CONFIG__SAMPLING__ALWAYS_LEVEL`.
   *
   * @default 'error'
   */
  readonly alwaysLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent' | undefined;
}

/** The filter `first_occurrence`: passes the first record of its kind in each window. */
export interface FirstOccurrenceInput {
  /**
   * Time in which a record like an earlier one is suppressed, in seconds.
   *
   * Allowed: seconds from 0.001 to 86400, such as 5, "5s" or "500ms".
   * Variable: `FAPILOG_FILTER_CONFIG__FIRST_OCCURRENCE__WINDOW_SECONDS`.
   *
   * @default 60
   */
  readonly windowSeconds?: number | string | undefined;
  /**
   * Field whose value makes records alike.
   *
   * Allowed: the path of a field, such as requestId or user.id.
   * Variable: `FAPILOG_FILTER_CONFIG__FIRST_OCCURRENCE__KEY_FIELD`.
   *
   * @default - level and message
   */
  readonly keyField?: string | undefined;
  /**
   * Fields whose values make records alike together, after `keyField`; `level` and `message` are those of the
   * record.
   *
   * Allowed: a list of different names, such as ["message","tenant"] or "message,tenant", or "none".
   * Variable: `FAPILOG_FILTER_CONFIG__FIRST_OCCURRENCE__KEY_FIELDS`.
   *
   * @default []
   */
  readonly keyFields?: readonly string[] | undefined;
  /**
   * Share of the records that passes though one like it was there.
   *
   * Allowed: a number from 0 to 1.
   * Variable: `FAPILOG_FILTER_CONFIG__FIRST_OCCURRENCE__SUBSEQUENT_SAMPLE_RATE`.
   *
   * @default 0
   */
  readonly subsequentSampleRate?: number | undefined;
  /**
   * Number of kinds of records to remember; the oldest is forgotten first.
   *
   * Allowed: an integer of at least 1.
   * Variable: `FAPILOG_FILTER_CONFIG__FIRST_OCCURRENCE__MAX_KEYS`.
   *
   * @default 10000
   */
  readonly maxKeys?: number | undefined;
}

/** The filter `size_guard`: your own limit on the size of a line. */
export interface SizeGuardInput {
  /**
   * Largest line, in bytes; the service takes no larger one than the default.
   *
   * Allowed: bytes from 100 to 1048550, such as 102400 or "100 KB" (a KB has 1024); more counts as the most.
   * Variable: `FAPILOG_SIZE_GUARD__MAX_BYTES`.
   *
   * @default 1048550
   */
  readonly maxBytes?: number | string | undefined;
  /**
   * What happens to a larger line: its largest members are shortened, it is suppressed, or it is only reported.
   *
   * Allowed: one of truncate, drop, warn, in any case.
   * Variable: `FAPILOG_SIZE_GUARD__ACTION`.
   *
   * @default 'truncate'
   */
  readonly action?: 'truncate' | 'drop' | 'warn' | undefined;
  /**
   * Fields that are not shortened.
   *
   * Allowed: a list of different names, such as ["requestId","traceId"] or "requestId,traceId", or "none".
   * Variable: `FAPILOG_SIZE_GUARD__PRESERVE_FIELDS`.
   *
   * @default ["requestId","traceId"]
   */
  readonly preserveFields?: readonly string[] | undefined;
}

/** What is hidden before a record becomes text. Credentials in URLs always are. */
export interface RedactionInput {
  /**
   * Hide what the other settings of this section name.
   *
   * Allowed: true or false (also 1, yes, on, 0, no, off).
   * Variable: `FAPILOG_REDACTION__ENABLED`.
   *
   * @default false
   */
  readonly enabled?: boolean | undefined;
  /**
   * Paths of fields that are hidden, with `*` for any key or index.
   *
   * Allowed: a list of different names, such as ["user.email","orders[*].iban"] or "user.email,orders[*].iban", or
   * "none".
   * Variable: `FAPILOG_REDACTION__PATHS`.
   *
   * @default []
   */
  readonly paths?: readonly string[] | undefined;
  /**
   * Names of fields to hide at any depth, in any case. Also hidden inside texts: in JSON, queries, forms, cookies
   * and headers.
   *
   * Allowed: a list of different names, such as ["password","token"] or "password,token", or "none".
   * Variable: `FAPILOG_REDACTION__KEYS`.
   *
   * @default
   * ["password","passwd","pwd","passphrase","new_password","old_password","current_password","confirm_password","password_confirmation","secret","client_secret","token","access_token","refresh_token","id_token","session_token","auth_token","x_auth_token","csrf_token","x_csrf_token","x_xsrf_token","jwt","api_key","x_api_key","authorization","proxy_authorization","cookie","set_cookie","connect.sid","jsessionid","phpsessid","private_key","secret_access_key","aws_secret_access_key","x_amz_security_token","x_amz_signature","credit_card","card_number","cvv","cvc","ssn"]
   */
  readonly keys?: readonly string[] | undefined;
  /**
   * What is hidden in any text: e-mail addresses, card numbers with a right checksum, AWS keys, bearer tokens.
   *
   * Allowed: a list of names out of email, card_number, aws_key, bearer_token, each once.
   * Variable: `FAPILOG_REDACTION__PATTERNS`.
   *
   * @default ["email","card_number","aws_key","bearer_token"]
   */
  readonly patterns?: readonly ('email' | 'card_number' | 'aws_key' | 'bearer_token')[] | undefined;
}

/** Which packages may be loaded at all. */
export interface PluginsInput {
  /**
   * Packages that may be loaded, if they are named.
   *
   * Allowed: a list of different names, such as ["@acme/fapilog-kafka"] or "@acme/fapilog-kafka", or "none".
   * Variable: `FAPILOG_PLUGINS__ALLOWLIST`.
   *
   * @default - any package that is named
   */
  readonly allowlist?: readonly string[] | undefined;
  /**
   * Packages that are never loaded, whatever the other settings say.
   *
   * Allowed: a list of different names, such as ["@acme/fapilog-kafka"] or "@acme/fapilog-kafka", or "none".
   * Variable: `FAPILOG_PLUGINS__DENYLIST`.
   *
   * @default []
   */
  readonly denylist?: readonly string[] | undefined;
}

/** Settings of sinks, by the name of the sink. */
export interface SinkConfigInput {
  /** The sink `cloudwatch`: delivers to CloudWatch Logs. */
  readonly cloudwatch?: CloudWatchInput | undefined;
  /** The sink `stdout_json`: lines on standard output, as they would go to CloudWatch Logs. */
  readonly stdoutJson?: StdoutJsonInput | undefined;
  /** The sink `stdout_pretty`: lines on standard output, for people. */
  readonly stdoutPretty?: StdoutPrettyInput | undefined;
  /** The sink `stderr_json`: lines on standard error, as they would go to CloudWatch Logs. */
  readonly stderrJson?: StderrJsonInput | undefined;
  /** The sink `file`: appends lines to a file. */
  readonly file?: FileInput | undefined;
  /** Settings of a plugin, as its own schema wants them. */
  readonly [plugin: string]: unknown;
}

/** Settings of filters, by the name of the filter. */
export interface FilterConfigInput {
  /** The filter `level`: a second gate, behind the logger’s own. */
  readonly level?: LevelInput | undefined;
  /** The filter `rate_limit`: a token bucket, one for each key. */
  readonly rateLimit?: RateLimitInput | undefined;
  /** The filter `sampling`: passes a share of the records; errors always pass. */
  readonly sampling?: SamplingInput | undefined;
  /** The filter `first_occurrence`: passes the first record of its kind in each window. */
  readonly firstOccurrence?: FirstOccurrenceInput | undefined;
  /** The filter `size_guard`: your own limit on the size of a line. */
  readonly sizeGuard?: SizeGuardInput | undefined;
  /** Settings of a plugin, as its own schema wants them. */
  readonly [plugin: string]: unknown;
}

/** Settings in code; each one given here wins over its variable and over a document. */
export interface SettingsInput {
  /** What the logger does, whatever its sinks are. */
  readonly core?: CoreInput | undefined;
  /** What the application is: fields of each line. */
  readonly app?: AppInput | undefined;
  /** Settings of sinks, by the name of the sink. */
  readonly sinkConfig?: SinkConfigInput | undefined;
  /** Which levels go to which sinks. */
  readonly sinkRouting?: SinkRoutingInput | undefined;
  /** Settings of filters, by the name of the filter. */
  readonly filterConfig?: FilterConfigInput | undefined;
  /** What is hidden before a record becomes text. Credentials in URLs always are. */
  readonly redaction?: RedactionInput | undefined;
  /** Which packages may be loaded at all. */
  readonly plugins?: PluginsInput | undefined;
}

/** What code may pass for each section. */
export interface SectionInputs {
  readonly core: CoreInput;
  readonly app: AppInput;
  readonly cloudwatch: CloudWatchInput;
  readonly stdoutJson: StdoutJsonInput;
  readonly stdoutPretty: StdoutPrettyInput;
  readonly stderrJson: StderrJsonInput;
  readonly file: FileInput;
  readonly sinkRouting: SinkRoutingInput;
  readonly level: LevelInput;
  readonly rateLimit: RateLimitInput;
  readonly sampling: SamplingInput;
  readonly firstOccurrence: FirstOccurrenceInput;
  readonly sizeGuard: SizeGuardInput;
  readonly redaction: RedactionInput;
  readonly plugins: PluginsInput;
}
