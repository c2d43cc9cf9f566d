import { Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { NagForm } from '../../../tools/docs/nag-findings.js';
import { CloudWatchLogging, type CloudWatchLoggingProps, PolicyKind, Trust } from '../../../lib/index.js';
import { functionIn, loggingIn, region } from '../stacks.js';

/** All that an audit asks of the construct itself, so that what is left comes from the call that a form is about. */
const audited: CloudWatchLoggingProps = { encryptionKey: true, policyKind: PolicyKind.MANAGED };

/** Defines the construct in each of its forms. */
export const forms: Readonly<Record<NagForm, (stack: Stack) => void>> = {
  default: (stack) => loggingIn(stack),
  encryptionKey: (stack) => loggingIn(stack, { encryptionKey: true }),
  managedPolicies: (stack) => loggingIn(stack, { policyKind: PolicyKind.MANAGED }),
  audited: (stack) => loggingIn(stack, audited),
  logStreamName: (stack) => loggingIn(stack, { ...audited, settings: { logStreamName: 'api' } }),
  logStreamPrefix: (stack) => loggingIn(stack, { ...audited, settings: { logStreamPrefix: 'api/' } }),
  boundFunction: (stack) => {
    const logging = loggingIn(stack);
    logging.bindTo(writerIn(stack, logging));
  },
  boundTask: (stack) => {
    const task = new ecs.FargateTaskDefinition(stack, 'Task');
    task.addContainer('App', { image: ecs.ContainerImage.fromRegistry('app') });
    loggingIn(stack).bindTo(task);
  },
  streamPrefix: (stack) => {
    const logging = loggingIn(stack, audited);
    logging.bindTo(writerIn(stack, { logGroup: logging.logGroup }), { streamPrefix: 'api/' });
  },
  adopted: (stack) => {
    const existing = logs.LogGroup.fromLogGroupName(stack, 'Existing', '/platform/shared');
    const logging = CloudWatchLogging.fromLogGroup(stack, 'Logging', existing);
    logging.bindTo(writerIn(stack, logging));
  },
  crossAccount: (stack) => {
    const logging = loggingIn(stack, {
      logGroupName: '/central/orders',
      assumedBy: Trust.account('210987654321'),
      roleName: 'orders-log-writer',
    });
    const theirs = new Stack(stack.node.scope, 'Theirs', { env: { account: '210987654321', region } });
    logging.bindTo(writerIn(theirs, { logGroup: new logs.LogGroup(theirs, 'Platform') }));
  },
  archive: (stack) =>
    void loggingIn(stack, { encryptionKey: true }).archiveTo(new s3.Bucket(stack, 'Bucket')),
  auditedArchive: (stack) => {
    const errorLogGroup = loggingIn(stack, audited).logGroup;
    const logging = new CloudWatchLogging(stack, 'Archived', audited);
    logging.archiveTo(new s3.Bucket(stack, 'Bucket'), { errorLogGroup });
  },
  alarms: (stack) => void loggingIn(stack, audited).addAlarms(),
  alarmsWithActions: (stack) => {
    const actions = [new SnsAction(sns.Topic.fromTopicArn(stack, 'Topic', `arn:aws:sns:${region}:1:alarms`))];
    loggingIn(stack, audited).addAlarms({ actions });
  },
  queries: (stack) => void loggingIn(stack, audited).addQueries(),
  publishedSettings: (stack) =>
    void loggingIn(stack, audited).publishSettings('Published').grantRead(roleIn(stack, 'Reader')),
  reader: (stack) => void loggingIn(stack, audited).grantRead(roleIn(stack, 'Reader')),
  readerByManagedPolicy: (stack) =>
    void loggingIn(stack, audited).grantRead(new iam.ManagedPolicy(stack, 'ReaderPolicy')),
};

function roleIn(stack: Stack, id: string): iam.Role {
  return new iam.Role(stack, id, { assumedBy: Trust.lambda() });
}

/** A function with the given role, or one of its own. */
function writerIn(stack: Stack, props: Pick<lambda.FunctionProps, 'role' | 'logGroup'>): lambda.Function {
  return functionIn(stack, { role: roleIn(stack, 'Writer'), ...props });
}
