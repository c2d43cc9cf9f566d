import { isNativeError } from 'node:util/types';

const isInstance = Function.prototype[Symbol.hasInstance];

/**
 * Jest runs tests in a realm of their own, and the errors of Node's network come from another: `instanceof Error` is
 * false for them here, and the SDK wraps them as strangers. In a program of a user it is true; and so it is after this.
 */
export function recogniseErrorsOfNode(): void {
  Object.defineProperty(Error, Symbol.hasInstance, {
    configurable: true,
    value(this: unknown, value: unknown) {
      return isInstance.call(this as object, value) || (this === Error && isNativeError(value));
    },
  });
}
