import { type App, Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CloudWatchLogging, type ICloudWatchLogging, PolicyKind, Sensitive, Trust } from '../../lib/index.js';
import { functionIn } from '../lib/stacks.js';

/** A stack of no particular account and Region with everything that the construct defines, in both kinds of policies. */
export function everyFeature(app: App): Stack {
  const stack = new Stack(app, 'EveryFeature');
  const bucket = new s3.Bucket(stack, 'Bucket') as s3.IBucket;
  for (const policyKind of Object.values(PolicyKind)) {
    const logging = new CloudWatchLogging(stack, `Logging-${policyKind}`, {
      logGroupName: `/myapp/${policyKind}`,
      retention: logs.RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
      deletionProtection: true,
      logGroupClass: logs.LogGroupClass.STANDARD,
      encryptionKey: true,
      fieldIndexes: ['level', 'service'],
      sensitive: [Sensitive.EMAIL, Sensitive.field('customer.iban'), Sensitive.key('pin')],
      assumedBy: Trust.account('210987654321'),
      externalId: 'orders-production',
      roleName: `log-writer-${policyKind}`,
      service: 'orders',
      policyKind,
    });
    operate(stack, logging, bucket, policyKind);
    logging.addOutputs({ exportPrefix: `logging-${policyKind}` });
    logging.addOutputs('Copy', { exportPrefix: Aws.STACK_NAME + policyKind });
  }
  bindAll(stack);
  return stack;
}

function operate(stack: Stack, logging: ICloudWatchLogging, bucket: s3.IBucket, id: string): void {
  logging.addAlarms({ silence: { duration: Duration.hours(1) } });
  logging.addAlarms('Many', { errors: { threshold: 100 } });
  logging.addQueries();
  logging.addQueries('Again', { folder: `again/${id}` });
  logging.archiveTo(bucket);
  logging.archiveTo('Audit', bucket, {
    prefix: 'audit/!{timestamp:yyyy/MM/dd}/',
    errorPrefix: 'failed/!{firehose:error-output-type}/',
    filterPattern: logs.FilterPattern.exists('$.audit'),
  });
  new cloudwatch.Dashboard(stack, `Dashboard-${id}`, { widgets: [logging.createWidgets()] });
  const reader = new iam.Role(stack, `Reader-${id}`, { assumedBy: Trust.codeBuild() });
  logging.grantRead(reader);
  logging.publishSettings('Published', { parameterName: `/myapp/${id}` }).grantRead(reader);
}

/** Every kind of compute with write access of its own. */
function bindAll(stack: Stack): void {
  const logging = new CloudWatchLogging(stack, 'Logging', {
    readers: ['nodejs', 'python'],
    sensitive: [Sensitive.field('customer.iban')],
  });
  logging.bindTo(functionIn(stack, { logGroup: logging.logGroup }), {
    streamPrefix: 'function/',
    readers: ['python'],
  });
  const task = new ecs.FargateTaskDefinition(stack, 'Task');
  task.addContainer('App', {
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node'),
    logging: ecs.LogDrivers.awsLogs({ logGroup: logging.logGroup, streamPrefix: 'stderr' }),
  });
  logging.bindTo(task, { streamPrefix: 'task/', logLevel: 'fatal', rateLimit: { windowSeconds: 30 } });
  const machine = {
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }),
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.T3, ec2.InstanceSize.MICRO),
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
  };
  logging.bindTo(new ec2.Instance(stack, 'Instance', machine), { streamPrefix: 'instance/' });
  const launchTemplate = new ec2.LaunchTemplate(stack, 'LaunchTemplate', {
    ...machine,
    userData: ec2.UserData.forLinux(),
    role: new iam.Role(stack, 'MachineRole', { assumedBy: Trust.ec2() }),
  });
  logging.bindTo(launchTemplate, { streamPrefix: 'group/' });
  new autoscaling.AutoScalingGroup(stack, 'Group', { vpc: machine.vpc, launchTemplate });
}
