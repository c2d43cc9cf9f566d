/** An app with everything that cannot be bound, or is bound with a warning. Arguments: `flags` for the recommended ones, `acknowledge`. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sam from 'aws-cdk-lib/aws-sam';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';

const hasArgument = (name) => process.argv.includes(name);

const code = {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => {};'),
};
const role = 'arn:aws:iam::123456789012:role/runner';
const image = ecs.ContainerImage.fromRegistry('example.com/app');
const env = { account: '123456789012', region: 'eu-central-1' };

const app = new cdk.App({ context: hasArgument('flags') ? { ...CURRENTLY_RECOMMENDED_FLAGS } : {} });
const stack = new cdk.Stack(app, 'Everything', { env });
const logging = new CloudWatchLogging(stack, 'Logging');

new lambda.CfnFunction(stack, 'L1', { role, ...code, runtime: 'nodejs22.x', code: { zipFile: '' } });
new sam.CfnFunction(stack, 'Sam', {
  codeUri: 's3://bucket/key',
  handler: 'index.handler',
  runtime: 'nodejs22.x',
});
includeIn(stack);
new ecs.CfnTaskDefinition(stack, 'L1Task', {
  family: 'l1',
  containerDefinitions: [{ name: 'app', image: 'example.com/app' }],
});
const cpu = { cpu: 1, memory: cdk.Size.gibibytes(2) };
const container = new batch.EcsFargateContainerDefinition(stack, 'JobContainer', { image, ...cpu });
new batch.EcsJobDefinition(stack, 'Job', { container });
lambda.Function.fromFunctionName(stack, 'ImportedFunction', 'theirs');
ecs.FargateTaskDefinition.fromFargateTaskDefinitionArn(
  stack,
  'ImportedTask',
  'arn:aws:ecs:eu-central-1:123456789012:task-definition/theirs:1',
);
new cloudfront.experimental.EdgeFunction(stack, 'Edge', code);
new lambda.Function(new cdk.Stack(new cdk.Stage(app, 'Production', { env }), 'Inner'), 'Function', code);

const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: ['eu-central-1a'],
  isolatedSubnetIds: ['subnet-0123456789abcdef0'],
  isolatedSubnetRouteTableIds: ['rtb-0123456789abcdef0'],
});
const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
new lambda.Function(stack, 'Attached', {
  ...code,
  role: logging.role,
  logGroup: logging.logGroup,
  vpc,
  vpcSubnets,
});

const task = new ecs.FargateTaskDefinition(stack, 'Task');
const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'variables');
task.addContainer('silent', { image, environmentFiles: [ecs.EnvironmentFile.fromBucket(bucket, 'app.env')] });
const mode = ecs.AwsLogDriverMode.NON_BLOCKING;
const { logGroup } = logging;
task.addContainer('small', {
  image,
  logging: ecs.LogDrivers.awsLogs({ logGroup, streamPrefix: 'stderr', mode }),
});

logging.bindAll(app);
new lambda.Function(stack, 'Late', { ...code, role: logging.role, logGroup });

if (hasArgument('acknowledge')) {
  const ids = ['leftOut', 'otherStage:Production', 'networkInterface', 'noLogDriver', 'smallLogBuffer'];
  const own = [...ids, 'environmentFiles'].map((id) => `fapilog-cloudwatch:${id}`);
  for (const scope of app.node.children.filter((child) => cdk.Stack.isStack(child))) {
    for (const id of own) cdk.Annotations.of(scope).acknowledgeWarning(id);
  }
}

function includeIn(scope) {
  const templateFile = join(mkdtempSync(join(process.env.HOME, 'included-')), 'template.json');
  const Properties = { Role: role, Code: { ZipFile: '' }, Handler: 'index.handler', Runtime: 'nodejs22.x' };
  writeFileSync(
    templateFile,
    JSON.stringify({ Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties } } }),
  );
  return new CfnInclude(scope, 'Included', { templateFile });
}
