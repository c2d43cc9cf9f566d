import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';

export interface OrdersStackProps extends StackProps {
  readonly image: ecs.ContainerImage;
}

/** The service behind a load balancer: its log group, the right to write its own streams, and alarms for its errors. */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, { image, ...props }: OrdersStackProps) {
    super(scope, id, props);
    const logging = new CloudWatchLogging(this, 'Logging', {
      logGroupName: '/orders/api',
      retention: RetentionDays.ONE_MONTH,
    });
    logging.addAlarms();
    logging.addQueries();

    const taskDefinition = new ecs.FargateTaskDefinition(this, 'Task', { cpu: 256, memoryLimitMiB: 512 });
    taskDefinition.addContainer('api', {
      image,
      portMappings: [{ containerPort: 8080 }],
      stopTimeout: Duration.seconds(30),
      // What the sink cannot deliver it writes to stderr.
      logging: ecs.LogDrivers.awsLogs({ logGroup: logging.logGroup, streamPrefix: 'stderr' }),
    });
    logging.bindTo(taskDefinition, { streamPrefix: 'api/', service: 'api' });

    const { loadBalancer, targetGroup } = new ApplicationLoadBalancedFargateService(this, 'Service', {
      vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }),
      taskDefinition,
      desiredCount: 2,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
    });
    targetGroup.configureHealthCheck({ path: '/health' });
    new CfnOutput(this, 'Url', { value: `http://${loadBalancer.loadBalancerDnsName}` });
  }
}
