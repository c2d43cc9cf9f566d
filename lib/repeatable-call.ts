import type { Construct } from 'constructs';
import { assertNoProblems } from '../contract/problems.js';
import { assertShapes } from './shapes.js';
import { isUnresolved } from './tokens.js';

/** Arguments of a method that may be called again. Each call has an id, except one. */
export type Repeatable<Rest extends readonly unknown[]> = Rest | readonly [id: string, ...rest: Rest];

/** A call of such a method. */
export interface Call<Rest extends readonly unknown[]> {
  readonly method: string;
  /** `undefined` for the call without one. */
  readonly id: string | undefined;
  readonly rest: Rest;
}

/**
 * Tells the two forms of a call apart: one with an id begins with a text, or has more arguments than the other form may
 * have.
 *
 * @param most arguments of the form without an id; the last of them are its options
 * @throws SettingsError if the id is not legal, or the options are no object
 */
export function callOf<Rest extends readonly unknown[]>(
  { node }: Construct,
  method: string,
  given: Repeatable<Rest>,
  most: number,
): Call<Rest> {
  const where = `${node.path}: ${method}`;
  const hasId = typeof given[0] === 'string' || given.length > most;
  const [id, rest] = hasId ? [given[0], given.slice(1)] : [undefined, given];
  if (hasId) assertId(id, `${where}.id`);
  const options = rest[most - 1];
  if (options !== undefined) assertShapes(options as object, where);
  return { method, id: id as string | undefined, rest: rest as unknown as Rest };
}

function assertId(id: unknown, where: string): void {
  if (typeof id === 'string' && id !== '' && !id.includes('/') && !isUnresolved(id)) return;
  const value = isUnresolved(id) ? 'a token' : id;
  assertNoProblems([{ where, value, allowed: 'a text without /, known at synthesis, such as "Second"' }]);
}

/**
 * Id in the tree of what a call defines. It must not change, because a new one replaces resources. The name of what is
 * defined stands before the id that the user gives, so that calls of several methods may have the same.
 *
 * @param name id in the tree of what the call without an id defines
 * @throws Error if there was a call of the same id, or one without an id
 */
export function idInTree(
  { node }: Construct,
  name: string,
  { method, id }: Call<readonly unknown[]>,
): string {
  const own = id === undefined ? name : `${name}-${id}`;
  if (!node.tryFindChild(own)) return own;
  const before = id === undefined ? 'before' : `before with the id "${id}"`;
  throw new Error(
    `${node.path}: ${method} was called ${before}; give each call an id of its own, as in ${method}('Second', …)`,
  );
}
