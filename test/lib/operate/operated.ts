import { Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CloudWatchLogging, type AdoptOptions, type ICloudWatchLogging } from '../../../lib/index.js';

export interface Operated {
  readonly logGroup: logs.ILogGroup;
  readonly logging: ICloudWatchLogging;
}

/** A log group that the stack defines, adopted: nothing but the log group is in the template until a test adds it. */
export function operatedIn(stack: Stack, options?: AdoptOptions): Operated {
  return adopted(stack, new logs.LogGroup(stack, 'LogGroup'), options);
}

/** A log group that was imported by its ARN. */
export function importedIn(stack: Stack, logGroupArn: string): Operated {
  return adopted(stack, logs.LogGroup.fromLogGroupArn(stack, 'LogGroup', logGroupArn));
}

function adopted(stack: Stack, logGroup: logs.ILogGroup, options?: AdoptOptions): Operated {
  return { logGroup, logging: CloudWatchLogging.fromLogGroup(stack, 'Logging', logGroup, options) };
}

/**
 * A name with the deployed stack's in it, such as `FapilogCloudWatch/<stack>/Logging`, as it is in a template.
 *
 * @param before text before the stack's name
 * @param path text after it
 */
export function deployedName(before: string, path: string): object {
  const parts = [before, { Ref: 'AWS::StackName' }, path];
  return { 'Fn::Join': ['', parts.filter((part) => part !== '')] };
}

/** What refers to the log group in the template of its stack. */
export function logGroupRef({ logGroup }: Operated): object {
  return Stack.of(logGroup).resolve(logGroup.logGroupName);
}
