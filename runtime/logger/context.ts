import type { Fields } from '../log-record.js';
import { contextFieldsOf } from './bound-fields.js';
import { currentScope, runIn } from './scope.js';

/**
 * Runs `work` with fields for every log call in it, awaited work included, of whatever logger. Inner fields win over outer ones.
 *
 * @returns the result of `work`
 */
export function withContext<Result>(fields: object, work: () => Result): Result {
  const outer = currentScope();
  return runIn({ ...outer, fields: Object.freeze({ ...outer?.fields, ...contextFieldsOf(fields) }) }, work);
}

/** The fields of the context in which this is called. */
export function contextFields(): Fields | undefined {
  return currentScope()?.fields;
}
