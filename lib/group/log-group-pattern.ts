import { Aws, ScopedAws, Stack } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { outermostStack } from '../deployed-name.js';
import { isUnresolved } from '../tokens.js';

/** Selects log groups of an account without a reference to the log group itself. */
export interface LogGroupPattern {
  readonly operator: 'ArnEquals' | 'ArnLike';
  /** The name, or a pattern of the name. */
  readonly name: string;
  /** Whether it selects every log group of the account. */
  readonly isBroad: boolean;
}

/**
 * The pattern by which the policy of its key names a log group. A reference would be a cycle, because the log group
 * refers to the key. A generated name needs none: CloudFormation makes it of the stack's name, the logical id and a
 * random end.
 *
 * @param logGroupName the name in the props; `undefined` if CloudFormation generates one
 * @param reader the stack that will contain the pattern. If it is not the log group's own, a token of the log group's
 * stack would tie the two stacks together in both directions, or mean something else there.
 */
export function logGroupPattern(
  logGroup: logs.LogGroup,
  logGroupName: string | undefined,
  reader: Stack,
): LogGroupPattern {
  const stack = Stack.of(logGroup);
  if (logGroupName !== undefined) {
    const isKnown = stack === reader || !isUnresolved(logGroupName);
    return isKnown ? { operator: 'ArnEquals', name: logGroupName, isBroad: false } : everyLogGroup;
  }
  const stackName = stackNameIn(reader, stack);
  if (stackName === undefined) return everyLogGroup;
  const { logicalId } = logGroup.node.defaultChild as logs.CfnLogGroup;
  return { operator: 'ArnLike', name: `${stackName}-${logicalId}-*`, isBroad: false };
}

/**
 * The name of the log group's stack, as the stack of the key knows it; `undefined` if it does not. The name of the
 * deployment counts, where a reference to it makes no cycle: in the same stack, and in one nested in it.
 */
function stackNameIn(reader: Stack, stack: Stack): string | undefined {
  if (stack === reader) return Aws.STACK_NAME;
  if (stack === outermostStack(reader)) return new ScopedAws(stack).stackName;
  return isUnresolved(stack.stackName) ? undefined : stack.stackName;
}

const everyLogGroup: LogGroupPattern = { operator: 'ArnLike', name: '*', isBroad: true };
