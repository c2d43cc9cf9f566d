import type { ApplicationOptions } from './application-options.js';

/** Options of one writer. Each one wins over the construct's. */
export interface BindOptions extends ApplicationOptions {
  /**
   * Prefix of the names of its log streams. The writer may write streams with this prefix and no others. Prefixes keep
   * two services of one log group apart if neither begins with the other.
   *
   * Fapilog for Python does not know the prefix: there, set `settings.logStreamName` to a name that begins with it.
   *
   * @default - the prefix in the construct's settings, or every stream of the log group
   */
  readonly streamPrefix?: string | undefined;
}
