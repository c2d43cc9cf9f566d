import { AsyncLocalStorage } from 'node:async_hooks';
import type { Invocation } from '../io/invoke-store.js';
import type { Fields } from '../log-record.js';
import type { RequestTrace } from './trace-ids.js';
import type { ScopeBuffer } from './scope-buffer.js';

/** What the SDK of durable functions hands to a logger. It is asked at each log call, because its answer depends on where that is. */
export interface DurableLoggingContext {
  /** The execution, the operation, and the number of the attempt at it. */
  getDurableLogData(): object;
}

/** An invocation, with what is told of it while it runs. */
export interface HeldInvocation extends Invocation {
  durable?: DurableLoggingContext | undefined;
  /** The scopes that are open in it, outer ones before inner ones. Whoever ends the invocation early can end them. */
  readonly scopes?: Set<OpenScope> | undefined;
}

/** A scope that ends. */
export interface OpenScope {
  readonly scope: Scope;
  /**
   * Lets the lines that wait go on if the work has failed, else drops them, and counts them as filtered. Later calls have no effect.
   * A scope without options of its own has the lines of the one around it go on, which drops them at its own end.
   */
  readonly end: (hasFailed: boolean) => void;
}

/** An HTTP request that is answered in a scope. */
export interface HeldRequest {
  /** The trace that its headers name. An active span comes before it. */
  readonly trace?: RequestTrace | undefined;
}

/** What all log calls share that are made in one piece of work, such as a request or an invocation, of whatever logger. */
export interface Scope {
  /** Fields for each line. */
  readonly fields: Fields;
  /** The invocation in which it was opened; the same object in all scopes within. */
  readonly invocation?: HeldInvocation | undefined;
  /** The request that is answered; the same object in all scopes within. */
  readonly request?: HeldRequest | undefined;
  /** The durable context of work of which no invocation is known. */
  readonly durable?: DurableLoggingContext | undefined;
  /** Decides which lines wait, or are logged below the level of their logger. @default - the level of the logger decides */
  readonly buffer?: ScopeBuffer | undefined;
}

/** The key of the storage: the ESM and the CommonJS copy of this package in a process share scopes, as they share a logger. */
const SHARED = Symbol.for('fapilog-cloudwatch.scopes');

interface Shared {
  [SHARED]?: AsyncLocalStorage<Scope | undefined> | undefined;
}

const storage = ((globalThis as Shared)[SHARED] ??= new AsyncLocalStorage());

/** The scope in which this is called. */
export function currentScope(): Scope | undefined {
  return storage.getStore();
}

/** Runs `work` in a scope, awaited work included. Returns the result of `work`. */
export function runIn<Result>(scope: Scope | undefined, work: () => Result): Result {
  return storage.run(scope, work);
}

/** Lets the caller, and what it goes on to call, be in a scope, where there is no function to run in it: a middleware. */
export function enterScope(scope: Scope | undefined): void {
  storage.enterWith(scope);
}
