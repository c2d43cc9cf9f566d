import type { RateLimitInput, SamplingInput } from '../../contract/inputs.generated.js';
import type { CloudWatchSinkSettings } from './cloud-watch-sink-settings.js';
import type { Reader } from '../reader.js';

/** The share of records that the filter `sampling` lets pass: each setting of the filter, all optional. */
export interface SamplingOptions extends SamplingInput {}

/** How many records the filter `rate_limit` lets pass: each setting of the filter, all optional. */
export interface RateLimitOptions extends RateLimitInput {}

/** Options of the application that logs. They become environment variables. */
export interface ApplicationOptions {
  /**
   * Libraries that read the variables: `nodejs` for this package, `python` for Python's fapilog, or both. For Python, the
   * variables are written so that it reads the same from them. A warning, `fapilog-cloudwatch:pythonReader:NAME`, reports each setting
   * with which that is not possible.
   *
   * @default ['nodejs']
   */
  readonly readers?: readonly Reader[] | undefined;

  /**
   * Name of the service. Each line has it in the field `service`.
   *
   * @default - not written; the application takes `OTEL_SERVICE_NAME`, or the name of the Lambda function
   */
  readonly service?: string | undefined;

  /**
   * Lowest level that is logged: `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`, in any case; also
   * Python's `warning` and `critical`. At `silent`, nothing is logged. Python has no `trace`.
   *
   * @default - not written; the application logs from `info` on
   */
  readonly logLevel?: string | undefined;

  /**
   * Whether a Node.js program delivers from a worker thread. `process.exit()` and an uncaught exception wait for it.
   *
   * @default - not written; the application delivers from its main thread
   */
  readonly worker?: boolean | undefined;

  /**
   * How a line of a Node.js program names its trace. `otel`: `traceId` and `spanId`, as OpenTelemetry or X-Ray writes them. `snake`:
   * `trace_id`, `span_id` and `trace_flags`, in hexadecimal digits. `xray`: `traceId` as X-Ray writes it,
   * `1-5759e988-bd862e3fe1be46a994272793`, and `spanId`. Saved queries find either name.
   *
   * @default - not written; the application takes `otel`
   */
  readonly traceFormat?: string | undefined;

  /**
   * Namespace in CloudWatch of the metrics that a Node.js program writes into its log, by `logger.metric` and by
   * `settings.deliveryMetricsSeconds`. Refused for a log group of class INFREQUENT_ACCESS, in whose lines CloudWatch finds none.
   *
   * @default - not written; the application takes the name of the service
   */
  readonly metricsNamespace?: string | undefined;

  /**
   * Passes only a share of the records, and the records of one trace together. Errors always pass.
   *
   * @default - every record passes
   */
  readonly sampling?: SamplingOptions | undefined;

  /**
   * Passes only so many records per second, after sampling.
   *
   * @default - no limit
   */
  readonly rateLimit?: RateLimitOptions | undefined;

  /**
   * Settings of the sink.
   *
   * @default - none are written; the sink uses its own defaults
   */
  readonly settings?: CloudWatchSinkSettings | undefined;
}
