import { runIn } from '../logger/scope.js';
import { openScope } from '../logger/open-scope.js';

/** Runs each invocation in a scope of its own. */
export function withLambda<Handler extends (...args: never[]) => Promise<unknown>>(
  handler: Handler,
): Handler {
  const wrapped = (...args: Parameters<Handler>): Promise<unknown> =>
    runIn(openScope({}).scope, () => handler(...args));
  return wrapped as Handler;
}
