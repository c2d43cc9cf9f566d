import { Stack, type StackProps } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';
import { LoggingFunction } from './logging-function.js';

/** A function whose own log lines and those of the Lambda platform arrive in one log group, kept for a month. */
export class LoggingStack extends Stack {
  readonly logging: CloudWatchLogging;
  readonly fn: lambda.Function;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.logging = new CloudWatchLogging(this, 'Logging', {
      logGroupName: '/myapp/production',
      retention: logs.RetentionDays.ONE_MONTH,
      settings: { batchSize: 50, batchTimeoutSeconds: 2 },
    });
    this.fn = new LoggingFunction(this, 'Function', this.logging);
    this.logging.bindTo(this.fn);
  }
}
