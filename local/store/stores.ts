import type { AccountRegion } from '../arns.js';
import { Store } from './store.js';

/** The stores of all accounts and Regions. One that nobody has named yet is empty. */
export class Stores {
  readonly #stores = new Map<string, Store>();

  at({ accountId, region }: AccountRegion): Store {
    const key = `${accountId}/${region}`;
    const store = this.#stores.get(key) ?? new Store({ accountId, region });
    this.#stores.set(key, store);
    return store;
  }
}
