import { Construct, type IConstruct } from 'constructs';
import { asGiven } from '../shapes.js';

const EXCLUDED = Symbol.for('fapilog-cloudwatch.excluded');

/**
 * Leaves a construct and everything below it out of `bindAll` and of injectors.
 *
 * @throws Error if the value is not a construct
 */
export function exclude(construct: IConstruct): void {
  if (!Construct.isConstruct(construct)) {
    throw new Error(
      `cannot exclude ${asGiven(construct)}, which is no construct; pass a function, or a scope that contains some`,
    );
  }
  Object.defineProperty(construct, EXCLUDED, { value: true, configurable: true });
}

export function isExcluded(construct: IConstruct): boolean {
  return construct.node.scopes.some((scope) => EXCLUDED in scope);
}
