import { Stack } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { isUnresolved } from '../tokens.js';

/** Which log groups of an account are meant, said without a reference to the one that is. */
export interface LogGroupPattern {
  readonly operator: 'ArnEquals' | 'ArnLike';
  /** The name, or what it looks like. */
  readonly name: string;
  /** Whether it means every log group of the account. */
  readonly isBroad: boolean;
}

/**
 * The log group as the policy of its key may name it. A reference to the log group, which refers to the key, would be a
 * cycle. A generated name needs none: CloudFormation makes it of the stack's name, the logical id and a random end.
 *
 * @param logGroupName what the log group was named with; `undefined` if CloudFormation generates the name
 * @param reader the stack in which the pattern will stand. In another one than the log group's, a token of the log
 * group's stack would tie the stacks together in both directions, or mean something else there.
 */
export function logGroupPattern(
  logGroup: logs.LogGroup,
  logGroupName: string | undefined,
  reader: Stack,
): LogGroupPattern {
  const stack = Stack.of(logGroup);
  const isOwnStack = stack === reader;
  if (logGroupName !== undefined) {
    const isKnown = isOwnStack || !isUnresolved(logGroupName);
    return isKnown ? { operator: 'ArnEquals', name: logGroupName, isBroad: false } : everyLogGroup;
  }
  // A nested stack's name is a token, and within that stack a reference to its own name.
  if (!isOwnStack && isUnresolved(stack.stackName)) return everyLogGroup;
  const { logicalId } = logGroup.node.defaultChild as logs.CfnLogGroup;
  return { operator: 'ArnLike', name: `${stack.stackName}-${logicalId}-*`, isBroad: false };
}

const everyLogGroup: LogGroupPattern = { operator: 'ArnLike', name: '*', isBroad: true };
