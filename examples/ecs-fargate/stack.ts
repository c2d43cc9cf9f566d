import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { CloudWatchLogging, Sensitive } from 'fapilog-cloudwatch/cdk';

/**
 * Two services with one log group, kept apart: each may write log streams of its own prefix, and no others. What a sink
 * cannot deliver it writes to stderr, which the log driver brings into the same log group.
 */
export class FargateStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const logging = new CloudWatchLogging(this, 'Logging', {
      logGroupName: '/myapp/services',
      encryptionKey: true,
      sensitive: [Sensitive.EMAIL, Sensitive.field('customer.iban')],
    });
    logging.addAlarms();
    const cluster = new ecs.Cluster(this, 'Cluster', { vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }) });
    for (const service of ['api', 'worker']) this.defineService(cluster, logging, service);
  }

  private defineService(cluster: ecs.ICluster, logging: CloudWatchLogging, service: string): void {
    const taskDefinition = new ecs.FargateTaskDefinition(this, `${service}-task`);
    taskDefinition.addContainer(service, {
      image: ecs.ContainerImage.fromEcrRepository(
        ecr.Repository.fromRepositoryName(this, `${service}-image`, service),
      ),
      logging: ecs.LogDrivers.awsLogs({ logGroup: logging.logGroup, streamPrefix: 'stderr' }),
    });
    logging.bindTo(taskDefinition, { streamPrefix: `${service}/`, service });
    new ecs.FargateService(this, service, {
      cluster,
      taskDefinition,
      circuitBreaker: { rollback: true },
      minHealthyPercent: 100,
    });
  }
}
