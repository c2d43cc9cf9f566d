import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isUnresolved } from '../tokens.js';

/** What neither a metric's namespace nor the name of a saved query may contain, or what CloudWatch would read in it. */
const ILLEGAL = /[^A-Za-z0-9._\-/#]/g;

/** Characters of a construct's address that tell it from every other. */
const ADDRESS_CHARACTERS = 8;

/**
 * A readable name for a construct that no other has in its account and Region: the stack's name and the path in it, of
 * the characters `a-z A-Z 0-9 . _ - / #`. Where characters had to go, a part of the construct's address tells the rest.
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

/** One app may be deployed under several stack names; the path begins with the stack's id, which is then the same. */
function deployedPath(construct: Construct): string {
  const { node, stackName } = outermostStack(construct);
  const { path } = construct.node;
  return isUnresolved(stackName) ? path : `${stackName}${path.slice(node.path.length)}`;
}

/** The name of a nested stack is only known to CloudFormation. */
function outermostStack(construct: Construct): Stack {
  const stack = Stack.of(construct);
  return stack.nestedStackParent ? outermostStack(stack.nestedStackParent) : stack;
}
