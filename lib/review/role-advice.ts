import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Says which role a writer should have. In another stack, the writer role would be a trap: what such a function is
 * granted in its own stack goes into the stack of the role, and then each stack depends on the other.
 */
export function roleAdvice(construct: IConstruct, owner: IConstruct): string {
  return Stack.of(construct) === Stack.of(owner)
    ? 'define it with role: logging.role (a function with logGroup: logging.logGroup, too), or with a role of your own'
    : 'define it with a role of its own, made in its own stack (with logging.role, any grant there would be a cycle ' +
        'of two stacks); a function with logGroup: logging.logGroup, too';
}
