import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { CloudWatchSinkSettings } from './cloud-watch-sink-settings.js';

/** Properties of {@link CloudWatchLogging}. */
export interface CloudWatchLoggingProps {
  /**
   * Name of the log group: 1 to 512 of the characters `a-z A-Z 0-9 _ - / . #`, not starting with `aws/`.
   *
   * A fixed name and the default removal policy mean that a stack that was deleted cannot be created again while the
   * log group is there. A changed name replaces the log group.
   *
   * @default - CloudFormation generates a name
   */
  readonly logGroupName?: string | undefined;

  /**
   * How long the log group keeps its events: one of the days that the service knows, or `RetentionDays.INFINITE`.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly retention?: logs.RetentionDays | undefined;

  /**
   * What becomes of the log group when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy | undefined;

  /**
   * Who may assume the writer role. Name the principals of another account here to let them write.
   *
   * @default - the Lambda service, `lambda.amazonaws.com`
   */
  readonly assumedBy?: iam.IPrincipal | undefined;

  /**
   * Lowest level that is logged: `trace`, `debug`, `info`, `warn`, `error` or `fatal`, in any case; also Python's
   * `warning` and `critical`.
   *
   * @default - not written; the application's own default, `info`
   */
  readonly logLevel?: string | undefined;

  /**
   * Settings of the sink.
   *
   * @default - none are written; the sink's own defaults
   */
  readonly settings?: CloudWatchSinkSettings | undefined;
}
