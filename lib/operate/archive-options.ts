import type { Duration, Size } from 'aws-cdk-lib';
import type { Compression } from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { OptionNames } from '../option-names.js';

/** Options of {@link ICloudWatchLogging.archiveTo}. */
export interface ArchiveOptions {
  /**
   * Prefix of the objects' keys. Firehose's expressions `!{timestamp:yyyy/MM/dd}` and `!{firehose:random-string}` are
   * allowed. Without an expression of time, Firehose appends `YYYY/MM/DD/HH/`.
   *
   * @default - no prefix
   */
  readonly prefix?: string | undefined;

  /**
   * Prefix of the keys of records that Firehose could not process. It needs `!{firehose:error-output-type}` if it has an
   * expression, or `prefix` has one.
   *
   * @default - Firehose's own, `processing-failed/` and the like
   */
  readonly errorPrefix?: string | undefined;

  /**
   * Compression of the objects. `gunzip` and Athena read the default.
   *
   * @default firehose.Compression.GZIP
   */
  readonly compression?: Compression | undefined;

  /**
   * Longest time that Firehose gathers events before it writes an object: up to 15 minutes. A longer time makes fewer
   * and larger objects.
   *
   * @default Duration.minutes(5)
   */
  readonly bufferingInterval?: Duration | undefined;

  /**
   * Uncompressed size at which Firehose writes an object before that time: 1 to 128 MiB.
   *
   * @default Size.mebibytes(5)
   */
  readonly bufferingSize?: Size | undefined;

  /**
   * Pattern of the log events that are archived.
   *
   * @default - all log events
   */
  readonly filterPattern?: logs.IFilterPattern | undefined;

  /**
   * Log group in which Firehose reports objects that it could not write. Give one of your own if it has to have a key.
   *
   * @default - one is defined, kept for a month and without a key of its own
   */
  readonly errorLogGroup?: logs.ILogGroup | undefined;
}

export const ARCHIVE_OPTIONS: OptionNames<ArchiveOptions> = {
  prefix: true,
  errorPrefix: true,
  compression: true,
  bufferingInterval: true,
  bufferingSize: true,
  filterPattern: true,
  errorLogGroup: true,
};
