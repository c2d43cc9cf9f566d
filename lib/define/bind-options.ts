import type { ApplicationOptions } from './application-options.js';

/** Options of one writer. Each one wins over the construct's. */
export interface BindOptions extends ApplicationOptions {
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
