import {
  aws_kinesisfirehose as firehose,
  aws_logs_destinations as destinations,
  aws_s3 as s3,
  RemovalPolicy,
  type Duration,
  type Size,
} from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { assertShapes } from '../shapes.js';
import { PolicyKind } from '../write/policy-kind.js';
import { bucketDeliveryGrants } from './bucket-delivery.js';
import { assertMayHave, type OperatedLogGroup } from './log-group-features.js';
import { idInTree, type Call } from '../repeatable-call.js';

/** Options of {@link ICloudWatchLogging.archiveTo}. */
export interface ArchiveOptions {
  /**
   * Prefix of the objects' keys. Firehose's expressions such as `!{timestamp:yyyy/MM/dd}` are allowed. Without an
   * expression of time, Firehose appends `YYYY/MM/DD/HH/`.
   *
   * @default - no prefix
   */
  readonly prefix?: string | undefined;

  /**
   * Prefix of the keys of records that Firehose could not process. Required if `prefix` has an expression, and then
   * with `!{firehose:error-output-type}`.
   *
   * @default - Firehose's own, `processing-failed/` and the like
   */
  readonly errorPrefix?: string | undefined;

  /**
   * Compression of the objects. `gunzip` and Athena read the default.
   *
   * @default firehose.Compression.GZIP
   */
  readonly compression?: firehose.Compression | undefined;

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

/**
 * A copy of a log group's events in a bucket. A subscription filter sends the events to a delivery stream, which writes
 * them as objects with one line for each event, as the application wrote it.
 *
 * CloudWatch Logs sends gzip envelopes, each with events of one log stream. The delivery stream opens them and keeps
 * only the messages. The envelope's log stream and times are lost; the line has a `timestamp` of its own.
 */
export class Archive extends Construct {
  /** Delivery stream that gathers the events and writes the objects. */
  readonly deliveryStream: firehose.DeliveryStream;

  /** Subscription filter that sends the log group's events to the delivery stream. A log group may have two of them. */
  readonly subscriptionFilter: logs.SubscriptionFilter;

  /** Log group in which Firehose reports objects that it could not write. */
  readonly errorLogGroup: logs.ILogGroup;

  /** Role by which Firehose writes to the bucket. */
  readonly deliveryRole: iam.Role;

  constructor(
    scope: Construct,
    id: string,
    logGroup: logs.ILogGroup,
    bucket: s3.IBucket,
    { policyKind, ...options }: ArchiveOptions & { readonly policyKind: PolicyKind },
  ) {
    super(scope, id);
    this.errorLogGroup = options.errorLogGroup ?? this.defineErrorLogGroup();
    this.deliveryRole = this.defineDeliveryRole();
    this.deliveryStream = this.defineDeliveryStream(bucket, options);
    const isManaged = policyKind === PolicyKind.MANAGED;
    const grantee = isManaged ? managedPolicyOf(this.deliveryRole) : this.deliveryRole;
    for (const grant of bucketDeliveryGrants(grantee, bucket, this.errorLogGroup)) {
      grant.applyBefore(this.deliveryStream);
    }
    const sender = isManaged ? this.defineSender() : undefined;
    this.subscriptionFilter = new logs.SubscriptionFilter(this, 'SubscriptionFilter', {
      logGroup,
      filterPattern: options.filterPattern ?? logs.FilterPattern.allEvents(),
      destination: new destinations.FirehoseDestination(this.deliveryStream, sender && { role: sender.role }),
    });
    if (sender) this.subscriptionFilter.node.addDependency(sender.policy);
  }

  /** Defines the role by which CloudWatch Logs sends, as CDK would, but with its permission in a managed policy. */
  private defineSender(): { readonly role: iam.IRole; readonly policy: iam.ManagedPolicy } {
    const { stack } = this.deliveryStream;
    const sourceArn = stack.formatArn({ service: 'logs', resource: '*' });
    const conditions = { StringLike: { 'aws:SourceArn': sourceArn } };
    const role = new iam.Role(this, 'SenderRole', {
      assumedBy: new iam.ServicePrincipal('logs.amazonaws.com', { conditions }),
    });
    const policy = managedPolicyOf(role);
    this.deliveryStream.grantPutRecords(policy);
    return { role: role.withoutPolicyUpdates(), policy };
  }

  private defineErrorLogGroup(): logs.LogGroup {
    return new logs.LogGroup(this, 'ErrorLogGroup', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  private defineDeliveryRole(): iam.Role {
    return new iam.Role(this, 'DeliveryRole', {
      assumedBy: new iam.ServicePrincipal('firehose.amazonaws.com'),
    });
  }

  /**
   * The bucket without its policy. CDK's own grants include reading and deleting every object. The role takes no such
   * update, and the policy of a bucket in another account must not get one either. `bucketDeliveryGrants` has ours.
   */
  private withoutPolicy({ bucketArn }: s3.IBucket): s3.IBucket {
    return s3.Bucket.fromBucketArn(this, 'Bucket', bucketArn);
  }

  private defineDeliveryStream(bucket: s3.IBucket, options: ArchiveOptions): firehose.DeliveryStream {
    const { prefix, errorPrefix, compression, bufferingInterval, bufferingSize } = options;
    return new firehose.DeliveryStream(this, 'DeliveryStream', {
      encryption: firehose.StreamEncryption.awsOwnedKey(),
      destination: new firehose.S3Bucket(this.withoutPolicy(bucket), {
        role: this.deliveryRole.withoutPolicyUpdates(),
        loggingConfig: new firehose.EnableLogging(this.errorLogGroup),
        processors: [
          new firehose.DecompressionProcessor(),
          new firehose.CloudWatchLogProcessor({ dataMessageExtraction: true }),
          new firehose.AppendDelimiterToRecordProcessor(),
        ],
        compression: compression ?? firehose.Compression.GZIP,
        ...(prefix === undefined ? {} : { dataOutputPrefix: prefix }),
        ...(errorPrefix === undefined ? {} : { errorOutputPrefix: errorPrefix }),
        ...(bufferingInterval ? { bufferingInterval } : {}),
        ...(bufferingSize ? { bufferingSize } : {}),
      }),
    });
  }
}

/**
 * @throws SettingsError if the bucket is none
 * @throws Error if the log group cannot have a subscription filter, or at a second call with the same id
 */
export function defineArchive(
  group: OperatedLogGroup,
  policyKind: PolicyKind,
  call: Call<readonly [bucket: s3.IBucket, options?: ArchiveOptions | undefined]>,
): Archive {
  const { scope, logGroup } = group;
  const [bucket, options = {}] = call.rest;
  const where = `${scope.node.path}: ${call.method}`;
  assertShapes({ bucket: bucket ?? null }, where);
  assertMayHave(group, 'a subscription filter', call.method, 'use class STANDARD');
  const id = idInTree(scope, 'Archive', call);
  return new Archive(scope, id, logGroup, bucket, { ...options, policyKind });
}

function managedPolicyOf(role: iam.Role): iam.ManagedPolicy {
  return new iam.ManagedPolicy(role, 'Policy', { roles: [role] });
}
