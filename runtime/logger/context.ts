import { AsyncLocalStorage } from 'node:async_hooks';
import type { Fields } from '../log-record.js';
import { contextFieldsOf } from './bound-fields.js';

const storage = new AsyncLocalStorage<Fields>();

/** Runs `work` with fields that every log call in it, and in what it awaits, carries. Inner fields win over outer ones. */
export function withContext<Result>(fields: object, work: () => Result): Result {
  return storage.run(Object.freeze({ ...storage.getStore(), ...contextFieldsOf(fields) }), work);
}

export function contextFields(): Fields | undefined {
  return storage.getStore();
}
