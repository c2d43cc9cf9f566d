import { Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { CloudWatchLogging, Trust } from 'fapilog-cloudwatch/cdk';
import { LoggingFunction } from '../lambda-function/logging-function.js';

/** The account that keeps the logs: the log group, and the role by which writers of the application's account write. */
export class LogAccountStack extends Stack {
  readonly logging: CloudWatchLogging;

  constructor(scope: Construct, id: string, props: StackProps & { readonly writerAccount: string }) {
    super(scope, id, props);
    this.logging = new CloudWatchLogging(this, 'Logging', {
      logGroupName: '/central/orders',
      assumedBy: Trust.account(props.writerAccount),
      externalId: 'orders-production',
      roleName: 'orders-log-writer',
    });
  }
}

/** The application's account: a function whose sink assumes that role. */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly logging: CloudWatchLogging }) {
    super(scope, id, props);
    const role = new iam.Role(this, 'Role', { assumedBy: Trust.lambda() });
    const platformLogs = new logs.LogGroup(this, 'PlatformLogs');
    props.logging.bindTo(new LoggingFunction(this, 'Function', { role, logGroup: platformLogs }));
  }
}
