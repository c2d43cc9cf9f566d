import { Stack, type StackProps } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';
import { LoggingFunction } from '../lambda-function/logging-function.js';

/** A log group that somebody else owns: its writers are defined here, and nothing of the log group itself. */
export class AdoptingStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const existing = logs.LogGroup.fromLogGroupName(this, 'Existing', '/platform/shared');
    const logging = CloudWatchLogging.fromLogGroup(this, 'Logging', existing, {
      retention: logs.RetentionDays.ONE_WEEK,
      service: 'billing',
      settings: { logStreamPrefix: 'billing/' },
    });
    logging.bindTo(new LoggingFunction(this, 'Function', logging));
  }
}
