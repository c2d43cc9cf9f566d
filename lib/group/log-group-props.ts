import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Sensitive } from './sensitive.js';

/** Properties of the log group. */
export interface LogGroupProps {
  /**
   * Name of the log group: 1 to 512 of the characters `a-z A-Z 0-9 _ - / . #`, not starting with `aws/`. Another name
   * replaces the log group.
   *
   * With a fixed name and the default removal policy, a deleted stack cannot be created again while its log group
   * exists.
   *
   * @default - CloudFormation generates a name
   */
  readonly logGroupName?: string | undefined;

  /**
   * How long the log group keeps its events: one of the numbers of days that the service accepts, or
   * `RetentionDays.INFINITE`.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly retention?: logs.RetentionDays | undefined;

  /**
   * What happens to the log group, and to the key that `encryptionKey: true` defines, when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy | undefined;

  /**
   * Whether the service refuses to delete the log group and its streams until this is switched off. Excludes
   * `RemovalPolicy.DESTROY`.
   *
   * @default - not set; the service does not protect the log group
   */
  readonly deletionProtection?: boolean | undefined;

  /**
   * Class of the log group. Another class replaces the log group. `INFREQUENT_ACCESS` costs less and has no field
   * indexes, metric filters, subscription filters or Live Tail. `DELIVERY` is refused.
   *
   * @default - not set; the service takes `STANDARD`
   */
  readonly logGroupClass?: logs.LogGroupClass | undefined;

  /**
   * Key that encrypts the log group: a symmetric one in its Region, or `true` for a new one with rotation.
   *
   * The construct lets CloudWatch Logs use a key of the app, for this log group and no other. It cannot change the
   * policy of an imported key: a warning holds the statement that the policy needs.
   *
   * @default - the service encrypts with a key of its own
   */
  readonly encryptionKey?: kms.IKey | true | undefined;

  /**
   * Data that the service audits and masks as it arrives. Excludes a `sensitive` that the service masks, since a log
   * group has one policy: add an identifier there with `Sensitive.managed`.
   *
   * @default - the policy that `sensitive` makes, if any
   */
  readonly dataProtectionPolicy?: logs.DataProtectionPolicy | undefined;

  /**
   * Fields by which Logs Insights finds events without reading all of them: at most 20 names of at most 100 characters
   * each, case-sensitive. `[]` for none. The service indexes `traceId` anyway.
   *
   * @default - `level`, `service` and `requestId`; `trace_id` where `traceFormat` is `snake`; with `python` among the `readers` also `diagnostics.service`,
   * `context.request_id` and `context.trace_id`; none in a log group of class `INFREQUENT_ACCESS`, which has no
   * indexes
   */
  readonly fieldIndexes?: string[] | undefined;

  /**
   * Sensitive data. The sink hides it before a record becomes text, and the service masks it in lines of other writers.
   * Each {@link Sensitive} documents what it does at either end.
   *
   * @default - only credentials in URLs are hidden
   */
  readonly sensitive?: Sensitive[] | undefined;
}
