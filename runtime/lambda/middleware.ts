import { enterScope } from '../logger/scope.js';
import { planOf, type LambdaOptions } from './lambda-options.js';
import { OpenInvocation, type Given } from './open-invocation.js';

/** What is read here of the request that middy hands its middlewares, the same object to all of them. */
export interface MiddlewareRequest {
  readonly event: unknown;
  readonly context: unknown;
  readonly response?: unknown;
  readonly error?: unknown;
}

/** A response that another middleware's `before` returns ends the request: no `after` is called. */
function givenOf(request: MiddlewareRequest): Given {
  return { event: request.event, context: request.context, isOver: () => 'earlyResponse' in request };
}

/** A middleware for middy. */
export interface LambdaMiddleware {
  readonly before: (request: MiddlewareRequest) => void;
  readonly after: (request: MiddlewareRequest) => Promise<void>;
  readonly onError: (request: MiddlewareRequest) => Promise<void>;
}

/**
 * Does as a middleware of middy what {@link withLambda} does around a handler. Use it as the first one: its end is the last then.
 *
 * It is not told of a response that another middleware's `before` returns early, or of the end of a streamed response: put
 * {@link withLambda} around the function that middy makes instead.
 *
 * @throws SettingsError naming every option that is malformed, and every setting of the logger that is malformed or missing.
 */
export function lambdaMiddleware(options: LambdaOptions = {}): LambdaMiddleware {
  const plan = planOf('lambdaMiddleware', options);
  const open = new WeakMap<MiddlewareRequest, OpenInvocation>();
  const opened = (request: MiddlewareRequest): OpenInvocation => {
    const invocation = open.get(request) ?? new OpenInvocation(givenOf(request), plan);
    open.set(request, invocation);
    return invocation;
  };
  return {
    // Synchronous: what it enters must be there for the handler.
    before: (request) => enterScope(opened(request).scope),
    after: (request) => ended(opened(request), false),
    onError: (request) => {
      const hasFailed = request.response === undefined;
      if (hasFailed) opened(request).failed(request.error);
      return ended(opened(request), hasFailed);
    },
  };
}

function ended(invocation: OpenInvocation, hasFailed: boolean): Promise<void> {
  enterScope(invocation.outer);
  return invocation.end(hasFailed);
}
