import type { OptionNames } from '../option-names.js';

/** Options of {@link ICloudWatchLogging.grantWrite}. */
export interface WriteOptions {
  /**
   * Prefix of the log streams that the grantee may write.
   *
   * @default - the streams of the construct's settings, or every stream of the log group
   */
  readonly streamPrefix?: string | undefined;
}

export const WRITE_OPTIONS: OptionNames<WriteOptions> = { streamPrefix: true };
