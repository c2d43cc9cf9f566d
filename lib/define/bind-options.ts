import type { ApplicationOptions } from './application-options.js';

/** What is said of one writer; each option wins over the construct's. */
export interface BindOptions extends ApplicationOptions {
  /**
   * Beginning of the names of its log streams: it may write streams that begin so, and no others. Two services of one log
   * group are kept apart by prefixes of which none begins with the other.
   *
   * Fapilog for Python does not know the prefix: there, set `settings.logStreamName` to a name that begins with it.
   *
   * @default - that of the construct's settings, or every stream of the log group
   */
  readonly streamPrefix?: string | undefined;
}
