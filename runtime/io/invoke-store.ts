import type { Environment } from '../../contract/codec.js';

/** An invocation of a Lambda function. A member is absent where it is not known. */
export interface Invocation {
  readonly requestId?: string | undefined;
  /** The tenant that it serves, where the function isolates tenants. */
  readonly tenantId?: string | undefined;
  /** X-Ray's header: `Root=1-…;Parent=…;Sampled=1`. */
  readonly traceHeader?: string | undefined;
}

/** The parts used here of the store in which Lambda's runtime keeps what it knows of the running invocation. */
interface InvokeStore {
  getRequestId?(): unknown;
  getXRayTraceId?(): unknown;
  getTenantId?(): unknown;
  get?(key: symbol): unknown;
  set?(key: symbol, value: unknown): void;
}

/** Stands for no invocation. */
const NO_REQUEST = '-';

/**
 * The invocation in which this is called, by the runtime of Lambda. Several may be running, each in its own asynchronous context. The
 * store is looked for each time, since it may appear after this module, or never. Never throws, whatever stands in its place.
 */
export function storedInvocation(): Invocation {
  const store = invokeStore();
  if (!store) return {};
  return {
    requestId: textOf(() => store.getRequestId?.()),
    tenantId: textOf(() => store.getTenantId?.()),
    traceHeader: textOf(() => store.getXRayTraceId?.()),
  };
}

/** Keeps a value for the rest of the running invocation. Returns whether there is one that could take it. */
export function storeForInvocation(key: symbol, value: unknown): boolean {
  const store = invokeStore();
  // Outside of invocations, a store would keep it for whatever comes later.
  if (!store || textOf(() => store.getRequestId?.()) === undefined) return false;
  const readBack = attempt(() => {
    store.set?.(key, value);
    return store.get?.(key);
  });
  return readBack === value;
}

/** What {@link storeForInvocation} keeps. */
export function storedForInvocation(key: symbol): unknown {
  return attempt(() => invokeStore()?.get?.(key));
}

/**
 * Makes the function that reads X-Ray's header from the variable where the runtime puts that of the running invocation. Where several
 * run side by side, it may be that of another one, and is not read.
 */
export function headerOfProcess(env: Environment): () => string | undefined {
  const isAlone = env['AWS_LAMBDA_MAX_CONCURRENCY'] === undefined;
  return isAlone ? () => env['_X_AMZN_TRACE_ID'] : () => undefined;
}

function invokeStore(): InvokeStore | undefined {
  return attempt(
    () => (globalThis as { awslambda?: { InvokeStore?: InvokeStore } }).awslambda?.InvokeStore ?? undefined,
  );
}

function textOf(read: () => unknown): string | undefined {
  const value = attempt(read);
  return typeof value === 'string' && value !== '' && value !== NO_REQUEST ? value : undefined;
}

function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
