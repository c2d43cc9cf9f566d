import { AsyncLocalStorage } from 'node:async_hooks';
import type { Fields } from '../log-record.js';
import { contextFieldsOf } from './bound-fields.js';

const storage = new AsyncLocalStorage<Fields>();

/**
 * Runs `work` with fields for every log call in it, awaited work included, of whatever logger. Inner fields win over outer ones.
 *
 * @returns the result of `work`
 */
export function withContext<Result>(fields: object, work: () => Result): Result {
  return storage.run(Object.freeze({ ...storage.getStore(), ...contextFieldsOf(fields) }), work);
}

/** The fields of the context in which this is called. */
export function contextFields(): Fields | undefined {
  return storage.getStore();
}
