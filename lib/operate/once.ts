import { Construct } from 'constructs';

/**
 * Defines the parent of the resources of one call.
 *
 * @throws Error if the method was called before
 */
export function scopeOfCall(parent: Construct, id: string, method: string): Construct {
  assertFirstCall(parent, id, method);
  return new Construct(parent, id);
}

/** @throws Error if the method was called before */
export function assertFirstCall(parent: Construct, id: string, method: string): void {
  if (parent.node.tryFindChild(id)) {
    throw new Error(
      `${parent.node.path}: ${method} was called before; call it once, with everything it shall define`,
    );
  }
}
