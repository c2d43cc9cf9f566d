import { CfnResource, CustomResource, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as deployment from 'aws-cdk-lib/aws-s3-deployment';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import * as cr from 'aws-cdk-lib/custom-resources';
import { TriggerFunction } from 'aws-cdk-lib/triggers';
import { Construct, type IConstruct } from 'constructs';
import { isHelperOfCdk } from '../../../lib/bind/helper-of-cdk.js';
import { flagSets, functionIn, loggingIn, newStack, resources } from '../stacks.js';
import { code } from './targets.js';

/** How many functions of a template have our variables, and how many have not. */
function functionsOf(stack: Stack): { bound: number; left: number } {
  const functions = resources(stack, 'AWS::Lambda::Function');
  const bound = functions.filter(({ Properties }) =>
    JSON.stringify(Properties.Environment ?? {}).includes('FAPILOG_CLOUDWATCH__LOG_GROUP_NAME'),
  ).length;
  return { bound, left: functions.length - bound };
}

function isFunction(construct: IConstruct): boolean {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::Lambda::Function';
}

type Define = (stack: Stack) => unknown;

/** A function of the user's own. */
function handler(scope: Construct, id = 'Handler', props: Partial<lambda.FunctionProps> = {}) {
  return new lambda.Function(scope, id, { ...code, ...props });
}

function source(): lambda.Code {
  return lambda.Code.fromAsset(__dirname, { exclude: ['*', '!targets.ts'] });
}

function drainHook(stack: Stack): void {
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false });
  new ecs.Cluster(stack, 'Cluster', { vpc }).addCapacity('Capacity', {
    instanceType: new ec2.InstanceType('t3.micro'),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
  });
}

const helpers: [string, Define][] = [
  [
    'calls of the AWS SDK',
    (stack) =>
      new cr.AwsCustomResource(stack, 'Call', {
        onCreate: { service: 'S3', action: 'listBuckets', physicalResourceId: cr.PhysicalResourceId.of('x') },
        policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
      }),
  ],
  [
    'deployments into buckets',
    (stack) =>
      new deployment.BucketDeployment(stack, 'Deployment', {
        sources: [deployment.Source.data('a', 'b')],
        destinationBucket: new s3.Bucket(stack, 'Bucket'),
      }),
  ],
  [
    'records of certificates',
    (stack) =>
      new acm.DnsValidatedCertificate(stack, 'Certificate', {
        domainName: 'example.com',
        hostedZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
          hostedZoneId: 'Z1',
          zoneName: 'example.com',
        }),
      }),
  ],
  ['draining instances', drainHook],
  [
    'calls by events',
    (stack) =>
      new events.Rule(stack, 'Rule', {
        schedule: events.Schedule.expression('rate(1 day)'),
        targets: [new targets.AwsApi({ service: 'RDS', action: 'stopDBInstance' })],
      }),
  ],
  ['spam', (stack) => new ses.ReceiptRuleSet(stack, 'Rules', { dropSpam: true })],
  [
    'expressions of state machines',
    (stack) =>
      new sfn.StateMachine(stack, 'Machine', {
        definitionBody: sfn.DefinitionBody.fromChainable(
          new tasks.EvaluateExpression(stack, 'Expression', { expression: '$.a + 1' }),
        ),
      }),
  ],
  [
    'deletion of objects',
    (stack) =>
      new s3.Bucket(stack, 'Deleting', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true }),
  ],
  ['notifications of buckets', (stack) => new s3.Bucket(stack, 'Notifying').enableEventBridgeNotification()],
  [
    'retention of log groups',
    (stack) =>
      new logs.LogRetention(stack, 'Retention', {
        logGroupName: '/x',
        retention: logs.RetentionDays.ONE_DAY,
      }),
  ],
];

const own: [string, number, Define][] = [
  ['with an id like those of CDK', 1, (stack) => handler(stack, 'framework-onEvent')],
  ['in a construct like those of CDK', 1, (stack) => handler(new Construct(stack, 'Custom::Thing'))],
  ['in a construct DrainECSHook', 1, (stack) => handler(new Construct(stack, 'DrainECSHook'), 'Function')],
  ['with the name of a singleton', 1, (stack) => handler(stack, 'AWS679f53fac002430cb0da5b7982bd2287')],
  ['in a construct @aws-cdk--aws', 1, (stack) => handler(new Construct(stack, '@aws-cdk--aws'))],
  ['with code from a folder', 1, (stack) => handler(stack, 'Folder', { code: source() })],
  [
    'with shared code',
    2,
    (stack) => {
      const shared = source();
      handler(stack, 'One', { code: shared });
      handler(stack, 'Two', { code: shared });
    },
  ],
  [
    'as a singleton',
    1,
    (stack) => new lambda.SingletonFunction(stack, 'Singleton', { ...code, uuid: 'of-my-own' }),
  ],
  ['in a bucket', 1, (stack) => handler(new s3.Bucket(stack, 'Bucket'))],
  ['as a trigger', 1, (stack) => new TriggerFunction(stack, 'Trigger', { ...code })],
  [
    'as the handler of a provider, whose framework is left out',
    2,
    (stack) => {
      const provider = new cr.Provider(stack, 'Provider', {
        onEventHandler: handler(stack, 'OnEvent'),
        isCompleteHandler: handler(stack, 'IsComplete', { code: source() }),
      });
      new CustomResource(stack, 'Resource', { serviceToken: provider.serviceToken });
    },
  ],
];

beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe.each(flagSets)('bindAll %s', (_, context) => {
  test.each(helpers)('leaves out CDK’s function for %s', (__, define) => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    functionIn(stack, { role: logging.role });
    define(stack);

    logging.bindAll(stack);

    const { bound, left } = functionsOf(stack);
    expect(bound).toBe(1);
    expect(left).toBeGreaterThan(0);
    const functions = stack.node.findAll().filter(isFunction);
    expect(functions.filter(isHelperOfCdk)).toHaveLength(left);
  });

  test.each(own)('binds a function %s', (__, count, define) => {
    const stack = newStack(context);
    define(stack);

    loggingIn(stack).bindAll(stack);

    expect(functionsOf(stack).bound).toBe(count);
  });
});
