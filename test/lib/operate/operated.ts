import { Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Operations } from '../../../lib/operate/operations.js';

export interface Operated {
  readonly scope: Construct;
  readonly logGroup: logs.ILogGroup;
  readonly operations: Operations;
}

/** A class that the oldest CDK that we work with does not know yet. */
export const DELIVERY = 'DELIVERY' as logs.LogGroupClass;

/** The operations of a log group that the stack defines, which is of whatever class the test says. */
export function operatedIn(stack: Stack, logGroupClass = logs.LogGroupClass.STANDARD): Operated {
  const scope = new Construct(stack, 'Logging');
  const logGroup = new logs.LogGroup(scope, 'LogGroup');
  return { scope, logGroup, operations: new Operations(scope, logGroup, { logGroupClass }) };
}

/** The operations of a log group that was imported by its ARN. */
export function importedIn(stack: Stack, logGroupArn: string): Operated {
  const scope = new Construct(stack, 'Logging');
  const logGroup = logs.LogGroup.fromLogGroupArn(scope, 'LogGroup', logGroupArn);
  return { scope, logGroup, operations: new Operations(scope, logGroup) };
}

/** What refers to the log group in the template of its stack. */
export function logGroupRef({ logGroup }: Operated): object {
  return Stack.of(logGroup).resolve(logGroup.logGroupName);
}
