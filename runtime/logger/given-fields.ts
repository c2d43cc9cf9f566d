import type { Fields } from '../log-record.js';
import { guarded, isError } from '../serialize/guard.js';
import { httpName } from '../serialize/http-shapes.js';
import { membersOf } from '../serialize/view.js';

/**
 * The fields that a value is, if it is any: an error is the field `error`, a request `req`, a response `res`; of any other
 * object its members, or what its `toJSON` says in its place. `undefined` for what has no members. Never throws.
 */
export function givenFields(value: unknown): Fields | undefined {
  if (isError(value)) return { error: value };
  if (typeof value !== 'object' || value === null) return undefined;
  if (isPlain(value)) return value;
  const name = httpName(value);
  return name === undefined ? membersOf(value) : { [name]: value };
}

/** Whether it is a plain object, without a `toJSON` that says something else in its place. */
export function isPlain(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  return guarded(() => Object.getPrototypeOf(value) === Object.prototype && !('toJSON' in value), false);
}
