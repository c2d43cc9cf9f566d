import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Sensitive } from './sensitive.js';

/** What can be said about the log group. */
export interface LogGroupProps {
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
   * What becomes of the log group, and of the key that `encryptionKey: true` defines, when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy | undefined;

  /**
   * Whether the service refuses to delete the log group and its streams until this is switched off. Refused together
   * with `RemovalPolicy.DESTROY`.
   *
   * @default - not set; the service does not protect it
   */
  readonly deletionProtection?: boolean | undefined;

  /**
   * Class of the log group, which cannot change later: another one replaces the log group. `INFREQUENT_ACCESS` costs
   * less and has no field indexes, metric filters, subscription filters or Live Tail; `DELIVERY` is refused.
   *
   * @default - not set; the service takes `STANDARD`
   */
  readonly logGroupClass?: logs.LogGroupClass | undefined;

  /**
   * Key that encrypts the log group: a symmetric one in its Region, or `true` for a key of its own with rotation.
   *
   * A key of the app is made usable by CloudWatch Logs, for this log group and no other. The policy of an imported key is
   * out of reach: a warning holds the statement that it needs.
   *
   * @default - the service's own encryption
   */
  readonly encryptionKey?: kms.IKey | true | undefined;

  /**
   * Data that the service audits and masks as it arrives. Not together with a `sensitive` that the service masks, since
   * a log group has one policy: `Sensitive.managed` adds an identifier there.
   *
   * @default - that of `sensitive`, if there is one
   */
  readonly dataProtectionPolicy?: logs.DataProtectionPolicy | undefined;

  /**
   * Fields by which Logs Insights finds events without reading all of them: at most 20 names of at most 100 characters,
   * upper and lower case told apart. `[]` for none. The service indexes `traceId` anyway.
   *
   * @default - `level`, `service` and `requestId`; none in a log group of class `INFREQUENT_ACCESS`, which has no indexes
   */
  readonly fieldIndexes?: string[] | undefined;

  /**
   * What is sensitive, said once: the sink hides it before there is text, and the service masks what other writers
   * bring. Each {@link Sensitive} tells what holds at which end.
   *
   * @default - nothing is hidden, except credentials in URLs
   */
  readonly sensitive?: Sensitive[] | undefined;
}
