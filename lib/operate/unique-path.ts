import type { Construct } from 'constructs';
import { deployedName, outermostStack } from '../deployed-name.js';

/**
 * Characters that the namespace of a metric or the name of a saved query may not contain, or that CloudWatch would
 * interpret.
 */
const ILLEGAL = /[^A-Za-z0-9._\-/#]/g;

/** Length of the part of a construct's address that distinguishes it from every other. */
const ADDRESS_CHARACTERS = 8;

/** Most characters in the name of a stack. API: `CreateStack`, `StackName`. */
const MAX_STACK_NAME_LENGTH = 128;

/**
 * A readable name for a construct, unique in its account and Region: the name under which its stack is deployed, and
 * the path in the stack, of the characters `a-z A-Z 0-9 . _ - / #`. Where characters had to go, a part of the
 * construct's address keeps it unique.
 *
 * A nested stack counts as a part of the path. Its own name is generated, and changes when the stack is replaced.
 *
 * @param maxLength 150 or more: room for the longest name of a stack, and a path
 */
export function uniquePath(construct: Construct, maxLength: number): string {
  const stack = outermostStack(construct);
  const path = construct.node.path.slice(stack.node.path.length).replace(/^\/?/, '/');
  return deployedName(stack) + legalPath(path, construct, maxLength - MAX_STACK_NAME_LENGTH);
}

function legalPath(path: string, { node }: Construct, maxLength: number): string {
  const legal = path.replace(ILLEGAL, '-');
  if (legal === path && legal.length <= maxLength) return legal;
  return `${legal.slice(0, maxLength - ADDRESS_CHARACTERS - 1)}-${node.addr.slice(-ADDRESS_CHARACTERS)}`;
}
