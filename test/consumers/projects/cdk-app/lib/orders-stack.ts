import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';

export class OrdersStack extends Stack {
  readonly logging = new CloudWatchLogging(this, 'Logging', {
    logGroupName: '/myapp/production',
    retention: RetentionDays.ONE_MONTH,
  });
  readonly orders = new NodejsFunction(this, 'Orders', {
    runtime: Runtime.NODEJS_22_X,
    entry: join(__dirname, 'handler.ts'),
    bundling: { minify: true },
    role: this.logging.role,
    logGroup: this.logging.logGroup,
  });
  readonly grant = this.logging.bindTo(this.orders, { service: 'orders' });
}
