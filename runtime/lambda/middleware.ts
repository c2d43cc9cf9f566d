import { enterScope } from '../logger/scope.js';
import { planOf, type LambdaOptions, type LambdaPlan } from './lambda-options.js';
import { isAnsweredEarly, OpenInvocation } from './open-invocation.js';

/** What is read here of the request that middy hands its middlewares, the same object to all of them. */
export interface MiddlewareRequest {
  readonly event: unknown;
  readonly context: unknown;
  readonly earlyResponse?: unknown;
  readonly response?: unknown;
  readonly error?: unknown;
}

/** A middleware for middy. */
export interface LambdaMiddleware {
  /** Opens the scope of the invocation. */
  readonly before: (request: MiddlewareRequest) => void;
  /** Delivers before the result is handed back. */
  readonly after: (request: MiddlewareRequest) => Promise<void>;
  /** Logs the error, and delivers. */
  readonly onError: (request: MiddlewareRequest) => Promise<void>;
}

/**
 * Does as a middleware of middy what {@link withLambda} does around a handler. Use it as the first one: its end is the last then.
 *
 * It is not told of a response that another middleware returns early, or of the end of a streamed response: put {@link withLambda}
 * around the function that middy makes instead.
 *
 * @throws SettingsError naming every option that is malformed, and every setting of the logger that is malformed or missing.
 */
export function lambdaMiddleware(options: LambdaOptions = {}): LambdaMiddleware {
  const plan = planOf('lambdaMiddleware', options);
  const invocations = new Invocations(plan);
  return {
    // Synchronous: what it enters must be there for the handler.
    before: (request) => enterScope(invocations.of(request).scope),
    after: (request) => invocations.ended(request, false),
    onError: (request) => {
      const hasFailed = request.response === undefined;
      if (hasFailed) invocations.of(request).failed(request.error);
      return invocations.ended(request, hasFailed);
    },
  };
}

/** The invocations of a middleware, by their requests. */
class Invocations {
  readonly #plan: LambdaPlan;
  readonly #all = new WeakMap<MiddlewareRequest, OpenInvocation>();
  readonly #running = new Set<MiddlewareRequest>();

  constructor(plan: LambdaPlan) {
    this.#plan = plan;
  }

  of(request: MiddlewareRequest): OpenInvocation {
    return this.#all.get(request) ?? this.#open(request);
  }

  ended(request: MiddlewareRequest, hasFailed: boolean): Promise<void> {
    const invocation = this.of(request);
    this.#running.delete(request);
    enterScope(invocation.outer);
    return invocation.end(hasFailed);
  }

  #open(request: MiddlewareRequest): OpenInvocation {
    this.#closeAnswered();
    const invocation = new OpenInvocation(request, this.#plan);
    this.#all.set(request, invocation);
    this.#running.add(request);
    return invocation;
  }

  #closeAnswered(): void {
    for (const request of this.#running) {
      if (!isAnsweredEarly(request)) continue;
      this.#running.delete(request);
      this.of(request).close(false);
    }
  }
}
