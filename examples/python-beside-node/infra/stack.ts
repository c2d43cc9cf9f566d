import { fileURLToPath } from 'node:url';
import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { CloudWatchLogging, type Reader } from 'fapilog-cloudwatch/cdk';

const project = fileURLToPath(new URL('..', import.meta.url));

const PORT = 8080;

/** A service in Node.js and one in Python with one log group. Each may write log streams of its own prefix, and no others. */
export class ShopStack extends Stack {
  private readonly logging = new CloudWatchLogging(this, 'Logging', {
    logGroupName: '/myapp/shop',
    retention: RetentionDays.ONE_MONTH,
    readers: ['nodejs', 'python'],
    settings: { batchTimeoutSeconds: 1 },
  });

  private readonly cluster = new ecs.Cluster(this, 'Cluster', {
    vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }),
    defaultCloudMapNamespace: { name: 'shop.internal', useForServiceConnect: true },
  });

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const invoices = this.defineService('invoices', 'python');
    const shop = this.defineService('shop', 'nodejs', { INVOICES_URL: `http://invoices:${PORT}` });
    // Service Connect names to a task what is there when the task starts.
    shop.node.addDependency(invoices.node.defaultChild!);
    invoices.connections.allowFrom(shop, ec2.Port.tcp(PORT));
  }

  private defineService(
    service: string,
    reader: Reader,
    environment: Record<string, string> = {},
  ): ecs.FargateService {
    const taskDefinition = new ecs.FargateTaskDefinition(this, `${service}-task`);
    taskDefinition.addContainer(service, {
      image: ecs.ContainerImage.fromAsset(project, { file: `${service}/Dockerfile` }),
      logging: ecs.LogDrivers.awsLogs({ logGroup: this.logging.logGroup, streamPrefix: 'stderr' }),
      environment: { PORT: String(PORT), ...environment },
      portMappings: [{ name: service, containerPort: PORT }],
    });
    this.logging.bindTo(taskDefinition, { readers: [reader], streamPrefix: `${service}/`, service });
    return new ecs.FargateService(this, service, {
      cluster: this.cluster,
      taskDefinition,
      circuitBreaker: { rollback: true },
      minHealthyPercent: 100,
      serviceConnectConfiguration: { services: [{ portMappingName: service }] },
    });
  }
}
