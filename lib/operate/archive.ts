import {
  aws_iam as iam,
  aws_kinesisfirehose as firehose,
  aws_logs as logs,
  aws_logs_destinations as destinations,
  aws_s3 as s3,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { assertNoProblems } from '../../contract/problems.js';
import { addReview, type FinishedTree } from '../finished-tree.js';
import { assertShapes } from '../shapes.js';
import { ExpectedGrants, type ExpectedGrant } from '../write/expected-grants.js';
import { forThisAccount } from '../write/own-account.js';
import { PolicyKind } from '../write/policy-kind.js';
import { policiesIn } from '../policies/tree-policies.js';
import type { ArchiveOptions } from './archive-options.js';
import { archiveProblems } from './archive-problems.js';
import { bucketDeliveryNeeds } from './bucket-delivery.js';
import { assertMayHave, type OperatedLogGroup } from './log-group-features.js';
import { idInTree, type Call } from '../repeatable-call.js';

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

  private readonly expected = new ExpectedGrants();

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
    for (const need of bucketDeliveryNeeds(bucket, this.errorLogGroup)) {
      const grant = grantNeed(grantee, need);
      this.expected.add(this.deliveryRole, grant, need);
      grant.applyBefore(this.deliveryStream);
    }
    this.subscriptionFilter = new logs.SubscriptionFilter(this, 'SubscriptionFilter', {
      logGroup,
      filterPattern: options.filterPattern ?? logs.FilterPattern.allEvents(),
      destination: isManaged ? this.destinationByManagedPolicy() : this.destination(),
    });
    addReview(this, (tree) => this.review(tree));
  }

  private review(tree: FinishedTree): string[] {
    this.expected.review(this, tree.read(policiesIn));
    return [];
  }

  /** The role has the place in the tree that CDK's own would have. */
  private destination(): logs.ILogSubscriptionDestination {
    return {
      bind: (scope, logGroup) => {
        const role = senderRole(scope, 'CloudWatchLogsCanPutRecords');
        return new destinations.FirehoseDestination(this.deliveryStream, { role }).bind(scope, logGroup);
      },
    };
  }

  private destinationByManagedPolicy(): logs.ILogSubscriptionDestination {
    const sender = senderRole(this, 'SenderRole');
    const policy = managedPolicyOf(sender);
    this.deliveryStream.grantPutRecords(policy);
    const role = sender.withoutPolicyUpdates();
    return {
      bind: (scope, logGroup) => {
        scope.node.addDependency(policy);
        return new destinations.FirehoseDestination(this.deliveryStream, { role }).bind(scope, logGroup);
      },
    };
  }

  private defineErrorLogGroup(): logs.LogGroup {
    return new logs.LogGroup(this, 'ErrorLogGroup', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  private defineDeliveryRole(): iam.Role {
    return new iam.Role(this, 'DeliveryRole', {
      assumedBy: new iam.ServicePrincipal('firehose.amazonaws.com', { conditions: forThisAccount() }),
    });
  }

  /**
   * The bucket without its policy. CDK's own grants include reading and deleting every object. The role takes no such
   * update, and the policy of a bucket in another account must not get one either. `bucketDeliveryNeeds` has ours.
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
 * @throws SettingsError listing every option that Firehose would refuse
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
  assertNoProblems(archiveProblems(options, where));
  assertMayHave(group, 'a subscription filter', call.method, 'use class STANDARD');
  const id = idInTree(scope, 'Archive', call);
  return new Archive(scope, id, logGroup, bucket, { ...options, policyKind });
}

/**
 * Defines a role by which CloudWatch Logs sends log events. CDK's own role names the account in the ARN of the source
 * only.
 */
function senderRole(scope: Construct, id: string): iam.Role {
  const sourceArn = Stack.of(scope).formatArn({ service: 'logs', resource: '*' });
  const conditions = { ...forThisAccount(), StringLike: { 'aws:SourceArn': sourceArn } };
  return new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('logs.amazonaws.com', { conditions }),
  });
}

function grantNeed(grantee: iam.IGrantable, { actions, resourceArns }: ExpectedGrant): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [...resourceArns] });
}

function managedPolicyOf(role: iam.Role): iam.ManagedPolicy {
  return new iam.ManagedPolicy(role, 'Policy', { roles: [role] });
}
