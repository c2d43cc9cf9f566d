import type { Delivery } from '../delivery.js';
import type { ApplicationOptions } from './application-options.js';

/** Options of one writer, however it gets its variables. Each one wins over the construct's. */
export interface StreamOptions extends ApplicationOptions {
  /**
   * Prefix of the names of its log streams. The writer may write streams with this prefix and no others. Prefixes keep
   * two services of one log group apart if neither begins with the other.
   *
   * Python's fapilog does not know the prefix: with `python` among the `readers`, all processes write the log stream
   * `PREFIX-shared` (`PREFIXshared` after a prefix that ends with a sign), unless `settings.logStreamName` names one.
   *
   * @default - the prefix in the construct's settings, or every stream of the log group
   */
  readonly streamPrefix?: string | undefined;
}

/** Options of one bound writer. Each one wins over the construct's. */
export interface BindOptions extends StreamOptions {
  /**
   * Who delivers the lines: `direct`, the sink itself by `PutLogEvents`, or `stdout`, Lambda from standard output. With
   * `stdout`, the function's logging configuration names this log group, JSON and the log level, and the function has no
   * variable of the sink `cloudwatch`. Only functions of this app, in the log group's account and Region, can have `stdout`.
   *
   * docs/lambda.md says when to choose which.
   *
   * @default 'direct'
   */
  readonly delivery?: Delivery | undefined;
}
