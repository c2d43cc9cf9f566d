import { Lazy, ScopedAws, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * The name under which a stack is deployed, for use in any stack. It may differ from the name at synthesis and be
 * another one for each copy: products of Service Catalog, stack sets, templates that somebody deploys by hand.
 *
 * Another stage, account or Region gets the name at synthesis: CDK cannot refer to the stack from there.
 */
export function deployedName(stack: Stack): string {
  return Lazy.uncachedString({
    produce: ({ scope }) =>
      mayReferTo(outermostStack(scope), stack) ? new ScopedAws(stack).stackName : stack.stackName,
  });
}

/** The stack that a construct is deployed with: not a nested one, but the one around it. */
export function outermostStack(scope: IConstruct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent ? outermostStack(stack.nestedStackParent) : stack;
}

function mayReferTo(user: Stack, stack: Stack): boolean {
  return Stage.of(user) === Stage.of(stack) && user.environment === stack.environment;
}
