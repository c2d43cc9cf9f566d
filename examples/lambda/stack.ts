import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';
import { CloudWatchLogging, type Delivery, Trust } from 'fapilog-cloudwatch/cdk';
import { LoggingFunction } from '../lambda-function/logging-function.js';

/** Functions of the rarer kinds with one log group. Each has a role of its own. */
export class KindsStack extends Stack {
  private readonly logging = new CloudWatchLogging(this, 'Logging', { logGroupName: '/myapp/functions' });

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.defineFunction('LambdaDelivers', 'lambda-functions/src/orders.ts', {}, 'stdout');
    this.defineStreaming();
    this.defineDurable();
    this.defineManagedInstances();
  }

  private defineFunction(
    id: string,
    file: string,
    options?: NodejsFunctionProps,
    delivery?: Delivery,
  ): LoggingFunction {
    const role = new iam.Role(this, `${id}Role`, { assumedBy: Trust.lambda() });
    const fn = new LoggingFunction(this, id, { role, logGroup: this.logging.logGroup, file, options });
    this.logging.bindTo(fn, { service: id.toLowerCase(), delivery });
    return fn;
  }

  private defineStreaming(): void {
    const fn = this.defineFunction('Streaming', 'lambda/streaming.ts');
    fn.addFunctionUrl({
      authType: lambda.FunctionUrlAuthType.AWS_IAM,
      invokeMode: lambda.InvokeMode.RESPONSE_STREAM,
    });
  }

  private defineDurable(): void {
    const fn = this.defineFunction('Durable', 'lambda/durable.ts', {
      durableConfig: { executionTimeout: Duration.days(1), retentionPeriod: Duration.days(7) },
    });
    // The SDK's own calls. A given role keeps CDK from attaching the managed policy, which allows them on everything.
    new iam.Policy(this, 'DurableExecutions', {
      roles: [fn.role!],
      statements: [
        new iam.PolicyStatement({
          actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
          resources: [`${fn.functionArn}:*`],
        }),
      ],
    });
  }

  /** On instances of one's own, an environment has several invocations at once, each in the same process. */
  private defineManagedInstances(): void {
    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2 });
    const instances = new lambda.CapacityProvider(this, 'Instances', {
      subnets: vpc.privateSubnets,
      securityGroups: [new ec2.SecurityGroup(this, 'InstancesSecurityGroup', { vpc })],
    });
    const fn = this.defineFunction('Concurrent', 'lambda-functions/src/orders.ts', {
      runtime: lambda.Runtime.NODEJS_24_X,
      memorySize: 2_048,
    });
    instances.addFunction(fn, { perExecutionEnvironmentMaxConcurrency: 8, publishToLatestPublished: true });
  }
}
