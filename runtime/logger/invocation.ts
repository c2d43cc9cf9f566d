import {
  storedForInvocation,
  storedInvocation,
  storeForInvocation,
  type Invocation,
} from '../io/invoke-store.js';
import { hear } from '../io/quietly.js';
import { knownFields } from '../enrich/variables.js';
import type { Fields } from '../log-record.js';
import { guarded } from '../serialize/guard.js';
import {
  currentScope,
  enterScope,
  type DurableLoggingContext,
  type HeldInvocation,
  type Scope,
} from './scope.js';

/** The key under which the runtime's store keeps the durable context. Copies of this package share it, and {@link told}. */
const DURABLE = Symbol.for('fapilog-cloudwatch.durable');
const TOLD = Symbol.for('fapilog-cloudwatch.invocations');

interface Shared {
  [TOLD]?: { isAny: boolean; isDurable: boolean } | undefined;
}

/** What the process was ever told of: as long as that is nothing, no log call outside of Lambda looks for an invocation. */
export const told = ((globalThis as Shared)[TOLD] ??= { isAny: false, isDurable: false });

/** The scope, as one of an invocation. */
export function inInvocation(scope: Scope, invocation: HeldInvocation): Scope {
  told.isAny = true;
  return { ...scope, invocation };
}

/**
 * The invocation in which this is called: as the wrapper of its handler knows it, else as Lambda's runtime does. Work that goes on
 * after its invocation has ended runs in the next one, as far as the runtime can tell.
 */
export function currentInvocation(): Invocation {
  const held = currentScope()?.invocation;
  if (held?.requestId !== undefined && held.traceHeader !== undefined) return held;
  const stored = storedInvocation();
  if (held?.requestId !== undefined && held.requestId !== stored.requestId) return held;
  return {
    requestId: held?.requestId ?? stored.requestId,
    tenantId: held?.tenantId ?? stored.tenantId,
    traceHeader: held?.traceHeader ?? stored.traceHeader,
  };
}

/**
 * Keeps the durable context for the invocation in which this is called, and never for a logger: executions may take turns on it.
 * Where nothing is known of an invocation, it is kept for the work that the caller goes on to do.
 */
export function keepDurableContext(context: DurableLoggingContext): void {
  told.isAny = true;
  told.isDurable = true;
  const scope = currentScope();
  if (scope?.invocation) scope.invocation.durable = context;
  else if (!storeForInvocation(DURABLE, context)) {
    // A scope that is entered may reach work beside the caller's, where the next execution enters its own.
    enterScope({ fields: {}, ...scope, durable: context });
  }
}

/** The data of the durable execution in which this is called. Never throws. */
export function durableData(): Fields | undefined {
  const scope = currentScope();
  const context = scope?.invocation?.durable ?? storedForInvocation(DURABLE) ?? scope?.durable;
  return guarded(() => dataOf(context as DurableLoggingContext | undefined), undefined);
}

function dataOf(context: DurableLoggingContext | undefined): Fields | undefined {
  const data: unknown = context?.getDurableLogData();
  hear(data);
  if (typeof data !== 'object' || data === null) return undefined;
  return knownFields(data as Fields);
}
