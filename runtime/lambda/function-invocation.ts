import { headerOfProcess, storedInvocation, type Invocation } from '../io/invoke-store.js';
import type { OpenScope } from '../logger/open-scope.js';
import type { DurableLoggingContext, HeldInvocation } from '../logger/scope.js';
import { takeColdStart } from './cold-start.js';
import type { LambdaLogger } from './lambda-options.js';
import { lambdaContextOf, textOf, type LambdaContext } from './lambda-context.js';

/** An invocation, as all wrappers and middlewares around its handler see it. */
export class FunctionInvocation implements HeldInvocation {
  readonly context: LambdaContext;
  readonly requestId: string | undefined;
  readonly tenantId: string | undefined;
  /** Empty where there is none, so that nobody looks for it later, when the runtime knows that of another invocation. */
  readonly traceHeader: string;
  readonly functionArn: string | undefined;
  /** Whether it is the first of its environment. */
  readonly coldStart = takeColdStart();
  /** Those of wrappers and middlewares, from the outermost on, and those that the handler has opened. */
  readonly scopes = new Set<OpenScope>();
  /** Whether the outermost wrapper has ended it. */
  isOver = false;
  /** Make the loggers of all wrappers and middlewares. */
  readonly loggers = new Set<() => LambdaLogger>();
  durable?: DurableLoggingContext | undefined;
  readonly #given: unknown;
  #reported: { readonly error: unknown } | undefined;

  constructor(given: unknown) {
    this.#given = given;
    this.context = lambdaContextOf(given);
    const stored = storedInvocation();
    this.requestId = textOf(this.context, 'awsRequestId') ?? stored.requestId;
    this.tenantId = textOf(this.context, 'tenantId') ?? stored.tenantId;
    this.traceHeader =
      textOf(this.context, 'xRayTraceId') ?? stored.traceHeader ?? headerOfProcess(process.env)() ?? '';
    this.functionArn = textOf(this.context, 'invokedFunctionArn');
  }

  /** Recognizes one of another copy of this package, too. */
  static is(invocation: Invocation): invocation is FunctionInvocation {
    return 'takeReport' in invocation;
  }

  /**
   * Whether a handler that is given this context, or a copy of it with more in it, works for this invocation. Where it began without
   * one, each does.
   */
  isOf(given: unknown): boolean {
    if (this.#given === undefined || this.#given === given) return true;
    const context = lambdaContextOf(given);
    return this.context === context || (!this.isOver && this.#isNamedIn(context));
  }

  /** Lambda tries an event that has failed again under the same id. */
  #isNamedIn(context: LambdaContext): boolean {
    return this.requestId !== undefined && this.requestId === textOf(context, 'awsRequestId');
  }

  /** Whether nobody has reported this error yet, which the caller does then. */
  takeReport(error: unknown): boolean {
    if (this.#reported && Object.is(this.#reported.error, error)) return false;
    this.#reported = { error };
    return true;
  }
}
