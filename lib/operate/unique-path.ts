import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isUnresolved } from '../tokens.js';

/**
 * Characters that the namespace of a metric or the name of a saved query may not contain, or that CloudWatch would
 * interpret.
 */
const ILLEGAL = /[^A-Za-z0-9._\-/#]/g;

/** Length of the part of a construct's address that distinguishes it from every other. */
const ADDRESS_CHARACTERS = 8;

/**
 * A readable name for a construct, unique in its account and Region: the stack's name and the path in it, of the
 * characters `a-z A-Z 0-9 . _ - / #`. Where characters had to go, a part of the construct's address keeps it unique.
 *
 * @param maxLength 20 or more
 */
export function uniquePath(construct: Construct, maxLength: number): string {
  const path = deployedPath(construct);
  const legal = path.replace(ILLEGAL, '-');
  if (legal === path && legal.length <= maxLength) return legal;
  const address = construct.node.addr.slice(-ADDRESS_CHARACTERS);
  return `${legal.slice(0, maxLength - ADDRESS_CHARACTERS - 1)}-${address}`;
}

/**
 * Begins with the stack's name. The path begins with the stack's id, which is the same if an app is deployed under
 * several names.
 */
function deployedPath(construct: Construct): string {
  const { node, stackName } = outermostStack(construct);
  const { path } = construct.node;
  return isUnresolved(stackName) ? path : `${stackName}${path.slice(node.path.length)}`;
}

/** Only CloudFormation knows the name of a nested stack. */
function outermostStack(construct: Construct): Stack {
  const stack = Stack.of(construct);
  return stack.nestedStackParent ? outermostStack(stack.nestedStackParent) : stack;
}
