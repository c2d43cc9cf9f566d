import type { InputOf } from '../../contract/sections.js';
import type { CloudWatchSinkSettings } from './cloud-watch-sink-settings.js';

/** The share of records that the filter `sampling` lets pass: each setting of the filter, all optional. */
export interface SamplingOptions extends InputOf<'sampling'> {}

/** How many records the filter `rate_limit` lets pass: each setting of the filter, all optional. */
export interface RateLimitOptions extends InputOf<'rateLimit'> {}

/** What infrastructure says of the application that logs. It becomes environment variables. */
export interface ApplicationOptions {
  /**
   * Name of the service: the field `service` of each line.
   *
   * @default - not written; `OTEL_SERVICE_NAME`, or the name of the Lambda function
   */
  readonly service?: string | undefined;

  /**
   * Lowest level that is logged: `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`, in any case; also
   * Python's `warning` and `critical`. Nothing is logged at `silent`. The setting of Python's fapilog takes `debug` to
   * `error` only, whose names are written as Python has them.
   *
   * @default - not written; the application's own default, `info`
   */
  readonly logLevel?: string | undefined;

  /**
   * Whether a Node.js program delivers from a worker thread, which `process.exit()` and an uncaught exception wait for.
   *
   * @default - not written; the application's own default, which is not to
   */
  readonly worker?: boolean | undefined;

  /**
   * Lets only a share of the records pass, those of one trace together; errors always pass.
   *
   * @default - every record passes
   */
  readonly sampling?: SamplingOptions | undefined;

  /**
   * Lets only so many records pass in a second, after sampling.
   *
   * @default - no limit
   */
  readonly rateLimit?: RateLimitOptions | undefined;

  /**
   * Settings of the sink.
   *
   * @default - none are written; the sink's own defaults
   */
  readonly settings?: CloudWatchSinkSettings | undefined;
}
