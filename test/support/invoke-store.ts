import { AsyncLocalStorage } from 'node:async_hooks';
import { InvokeStore, InvokeStoreBase } from '@aws/lambda-invoke-store';
import type { Invocation } from '../../runtime/io/invoke-store.js';

type Context = Record<string | symbol, unknown>;

/** As the library's own for several invocations, which imports in a way that Jest refuses. */
class SharedStore extends InvokeStoreBase {
  readonly #contexts = new AsyncLocalStorage<Context>();

  getContext(): Context | undefined {
    return this.#contexts.getStore();
  }

  hasContext(): boolean {
    return this.getContext() !== undefined;
  }

  get(key: string | symbol): never {
    return this.getContext()?.[key] as never;
  }

  set(key: string | symbol, value: unknown): void {
    const context = this.getContext();
    if (!context || this.isProtectedKey(key)) throw new Error('no context, or a key of the runtime');
    context[key] = value;
  }

  run<T>(context: Context, work: () => T): T {
    return this.#contexts.run(context, work);
  }
}

const { REQUEST_ID, TENANT_ID, X_RAY_TRACE_ID } = InvokeStoreBase.PROTECTED_KEYS;

/** The store that Lambda's runtime puts into the global scope, for one invocation at a time or for several at once. */
export class RuntimeStore {
  readonly #store: InvokeStoreBase;

  private constructor(store: InvokeStoreBase) {
    this.#store = store;
  }

  static async open(isShared: boolean): Promise<RuntimeStore> {
    const store = isShared ? new SharedStore() : await InvokeStore.getInstanceAsync();
    placeStore(store);
    const opened = new RuntimeStore(store);
    // The library has one store for the process, which remembers its last invocation.
    opened.invoke({}, () => undefined);
    return opened;
  }

  static close(): void {
    delete (globalThis as { awslambda?: unknown }).awslambda;
  }

  invoke<Result>({ requestId, traceHeader, tenantId }: Invocation, work: () => Result): Result {
    const context = { [REQUEST_ID]: requestId, [X_RAY_TRACE_ID]: traceHeader, [TENANT_ID]: tenantId };
    return this.#store.run(context, work);
  }
}

/** Puts something in the place of the store. */
export function placeStore(store: unknown): void {
  (globalThis as { awslambda?: unknown }).awslambda = { InvokeStore: store };
}
