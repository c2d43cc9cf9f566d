import type { Fields } from '../log-record.js';
import { guarded, isError } from '../serialize/guard.js';
import { httpName } from '../serialize/http-shapes.js';
import { membersOf } from '../serialize/view.js';

/**
 * The fields of an argument: an error is the field `error`, a request `req`, a response `res`; any other object has its members, or
 * those of the result of its `toJSON`. `undefined` for a value without members. Never throws.
 */
export function givenFields(value: unknown): Fields | undefined {
  if (isError(value)) return { error: value };
  if (typeof value !== 'object' || value === null) return undefined;
  if (isFields(value)) return value;
  const name = httpName(value);
  return name === undefined ? membersOf(value) : { [name]: value };
}

/** Whether a value stands for its members as they are: a plain object without a `toJSON`. */
export function isFields(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  return guarded(() => Object.getPrototypeOf(value) === Object.prototype && !('toJSON' in value), false);
}
