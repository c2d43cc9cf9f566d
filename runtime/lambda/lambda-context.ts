import { guarded } from '../serialize/guard.js';

/** What is read of the second argument of a handler. Tests of handlers leave out what they like. */
export interface LambdaContext {
  readonly awsRequestId?: unknown;
  readonly invokedFunctionArn?: unknown;
  readonly tenantId?: unknown;
  readonly xRayTraceId?: unknown;
  readonly getRemainingTimeInMillis?: unknown;
  /** A durable function has it one level deeper. */
  readonly lambdaContext?: unknown;
}

/** The context of Lambda in what a handler was given. */
export function lambdaContextOf(given: unknown): LambdaContext {
  return guarded(() => objectOf(objectOf(given)?.lambdaContext) ?? objectOf(given), undefined) ?? {};
}

function objectOf(value: unknown): LambdaContext | undefined {
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** The member, if it is a text that is not empty. */
export function textOf(context: LambdaContext, name: keyof LambdaContext): string | undefined {
  const value = guarded(() => context[name], undefined);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Milliseconds until Lambda ends the invocation; `undefined` outside of Lambda, where nothing does. */
export function remainingMs(context: LambdaContext): number | undefined {
  const ms = guarded(
    () => (context as { getRemainingTimeInMillis(): unknown }).getRemainingTimeInMillis(),
    undefined,
  );
  return typeof ms === 'number' && Number.isFinite(ms) ? ms : undefined;
}
