import type { AccountRegion } from '../arns.js';
import { type Intake, Store, type Stored } from './store.js';

export type StoredListener = (stored: Stored) => void;

/** The stores of all accounts and Regions. One that nobody has named yet is empty. */
export class Stores {
  readonly #stores = new Map<string, Store>();
  readonly #listeners = new Set<StoredListener>();
  #arrivals = 0;
  readonly #intake: Intake = {
    nextArrival: () => (this.#arrivals += 1),
    onStored: (stored) => this.#notify(stored),
  };

  at({ accountId, region }: AccountRegion): Store {
    const key = `${accountId}/${region}`;
    const store = this.#stores.get(key) ?? new Store({ accountId, region }, this.#intake);
    this.#stores.set(key, store);
    return store;
  }

  /** The stores that a call has named so far. */
  get all(): readonly Store[] {
    return [...this.#stores.values()];
  }

  /**
   * Calls a listener after each call that stored events, before its answer. One that throws changes neither the call nor what the
   * other listeners get. Returns how to stop listening.
   */
  onStored(listener: StoredListener): () => void {
    const own: StoredListener = (stored) => listener(stored);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  #notify(stored: Stored): void {
    for (const listener of this.#listeners) {
      try {
        listener(stored);
      } catch {
        // The events are stored, whatever a reader of them does.
      }
    }
  }
}
