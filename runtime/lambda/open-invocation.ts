import { systemClock, type Timer } from '../io/clock.js';
import { heard, quietly } from '../io/quietly.js';
import type { Fields } from '../log-record.js';
import { inInvocation } from '../logger/invocation.js';
import { openScope, type OpenScope } from '../logger/open-scope.js';
import { currentScope, runIn, type Scope } from '../logger/scope.js';
import { guarded } from '../serialize/guard.js';
import type { FlushOptions } from '../sink-port.js';
import { FunctionInvocation } from './function-invocation.js';
import { remainingMs } from './lambda-context.js';
import type { LambdaLogger, LambdaPlan } from './lambda-options.js';

/** Stands for the time that is left outside of Lambda, where an invocation has no end. */
const DEFAULT_SPARE_MS = 2_000;

/** What a handler was given. */
export interface Given {
  readonly event: unknown;
  readonly context: unknown;
  /** A middleware's request has it once it was answered early, which ends it without a word to the others. */
  readonly earlyResponse?: unknown;
}

/**
 * What one wrapper or middleware does around the work of an invocation. Where several are around it, each gives it a scope with its own
 * fields and options; the outermost flushes.
 */
export class OpenInvocation {
  readonly #plan: LambdaPlan;
  readonly #invocation: FunctionInvocation;
  readonly #isOutermost: boolean;
  readonly #open: OpenScope;
  readonly #watchdog: Timer | undefined;
  readonly scope: Scope;
  /** The scope around it; none of another invocation. */
  readonly outer: Scope | undefined;

  constructor(given: Given, plan: LambdaPlan) {
    this.#plan = plan;
    const { scope: outer, invocation } = surroundings(given);
    this.outer = outer;
    this.#isOutermost = invocation === undefined;
    this.#invocation = invocation ?? new FunctionInvocation(given.context);
    const fields = { ...(this.#isOutermost && ofInvocation(this.#invocation)), ...correlation(given, plan) };
    this.#open = runIn(outer, () => openScope(fields, plan.context));
    this.#invocation.scopes.add(this.#open);
    this.#invocation.loggers.add(plan.logger);
    this.scope = inInvocation(this.#open.scope, this.#invocation);
    this.#watchdog = this.#isOutermost && plan.warnBeforeTimeout ? this.#watch(given) : undefined;
  }

  run<Result>(work: () => Result): Result {
    return runIn(this.scope, work);
  }

  /** Milliseconds that are left to the invocation, less the reserve. */
  get #spareMs(): number {
    const leftMs = remainingMs(this.#invocation.context);
    return leftMs === undefined ? DEFAULT_SPARE_MS : Math.max(0, leftMs - this.#plan.reserveMs);
  }

  /** Logs the error that the handler threw, unless another wrapper has. */
  failed(error: unknown): void {
    if (!this.#plan.logErrors || !this.#invocation.takeReport(error)) return;
    quietly(() => this.run(() => this.#plan.logger().error('invocation failed', { error })));
  }

  /** Ends the scope, and resolves once what was logged is delivered, or as far as there is time. Never rejects. */
  async end(hasFailed: boolean): Promise<void> {
    this.close(hasFailed);
    if (this.#isOutermost && this.#plan.freezes)
      await this.#flushed(Math.min(this.#spareMs, this.#plan.flushMs));
  }

  /** Ends the scope only. */
  close(hasFailed: boolean): void {
    this.#watchdog?.cancel();
    if (this.#isOutermost) this.#invocation.isOver = true;
    this.#invocation.scopes.delete(this.#open);
    quietly(() => this.#open.end(hasFailed));
  }

  /** Milliseconds that a response stream may take to end, so that there is time to deliver what was logged. */
  get streamMs(): number {
    return Math.max(0, this.#spareMs - this.#plan.reserveMs);
  }

  /** Calls back where the invocation still runs with no more than the reserve left. */
  #watch(given: Given): Timer | undefined {
    const leftMs = remainingMs(this.#invocation.context);
    if (leftMs === undefined || leftMs <= this.#plan.reserveMs) return undefined;
    return systemClock.after(leftMs - this.#plan.reserveMs, () => isAnsweredEarly(given) || this.#warn());
  }

  #warn(): void {
    const leftMs = remainingMs(this.#invocation.context);
    for (const scope of this.#invocation.scopes) quietly(() => scope.end(true));
    quietly(() =>
      this.run(() => this.#plan.logger().warn('invocation is about to time out', { remainingMs: leftMs })),
    );
    void this.#flushed(this.#plan.reserveMs / 2);
  }

  /** Resolves at the deadline in any case: a sink of the application's may not keep to it. */
  async #flushed(deadlineMs: number): Promise<void> {
    const leftover = this.#mayBeLost ? 'divert' : 'keep';
    let timer: Timer | undefined;
    const late = new Promise<void>((resolve) => {
      timer = systemClock.after(deadlineMs + this.#graceMs(deadlineMs), resolve, true);
    });
    await Promise.race([allFlushed(this.#invocation.loggers, { deadlineMs, leftover }), late]);
    timer?.cancel();
  }

  /** How much later than its deadline a flush may end: half of what is left then, be it the reserve or less. */
  #graceMs(deadlineMs: number): number {
    const { reserveMs } = this.#plan;
    const leftMs = remainingMs(this.#invocation.context) ?? Infinity;
    return Math.max(0, Math.min(reserveMs, leftMs - deadlineMs)) / 2;
  }

  /** Whether what is not delivered now may never be: the environment freezes, and may be discarded while it is frozen. */
  get #mayBeLost(): boolean {
    return this.#plan.freezes && remainingMs(this.#invocation.context) !== undefined;
  }
}

export function isAnsweredEarly(given: Given): boolean {
  return 'earlyResponse' in given;
}

/**
 * The scope in which an invocation begins, and the invocation if a wrapper around this one has opened it. A middleware can leave its
 * scope to what runs later, so the one of another invocation counts as none.
 */
function surroundings({ context }: Given): {
  readonly scope: Scope | undefined;
  readonly invocation?: FunctionInvocation;
} {
  const scope = currentScope();
  const around = scope?.invocation;
  if (around === undefined) return { scope };
  return FunctionInvocation.is(around) && around.isOf(context)
    ? { scope, invocation: around }
    : { scope: undefined };
}

function ofInvocation({ functionArn, coldStart }: FunctionInvocation): Fields {
  return functionArn === undefined ? { coldStart } : { functionArn, coldStart };
}

function correlation({ event, context }: Given, { correlationId }: LambdaPlan): Fields | undefined {
  const value = guarded(() => heard(correlationId(event, context)), undefined);
  const isText = typeof value === 'string' && value !== '';
  return isText || Number.isFinite(value) ? { correlationId: value } : undefined;
}

/** Never rejects, whatever the loggers are: the account has what became of the lines, and the sinks report it. */
async function allFlushed(makers: Iterable<() => LambdaLogger>, options: FlushOptions): Promise<void> {
  const loggers = new Set(Array.from(makers, (make) => guarded(make, undefined)));
  await Promise.allSettled(Array.from(loggers, async (logger) => logger?.flush(options)));
}
