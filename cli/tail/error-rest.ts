import { isFields, type Fields } from '../../local/lines/fields.js';

/** Deeper errors are left as they are: nobody reads them, and a line may have very many. */
const DEEPEST = 20;

/**
 * What an error of a line has besides what its chain shows, such as `code`, with that of its causes. `undefined` if there is nothing
 * else.
 */
export function errorRest(error: unknown, depth = 0): unknown {
  if (typeof error === 'string' || error === null) return undefined;
  if (!isFields(error) || depth > DEEPEST) return error;
  const rest = Object.entries(error).flatMap(([name, value]) => {
    const left = leftOf(error, name, value, depth + 1);
    return left === undefined ? [] : [[name, left] as const];
  });
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

function leftOf(error: Fields, name: string, value: unknown, depth: number): unknown {
  if (name === 'cause') return errorRest(value, depth);
  if (name === 'errors' && Array.isArray(value)) return restOfAll(value, depth);
  return typeof value === 'string' && isShown(error, name) ? undefined : value;
}

/** In their order, with null for one that has nothing else. */
function restOfAll(errors: readonly unknown[], depth: number): unknown {
  const rests = errors.map((each) => errorRest(each, depth) ?? null);
  return rests.every((each) => each === null) ? undefined : rests;
}

/** The title has the type, or else the name. */
function isShown({ type }: Fields, name: string): boolean {
  return name === 'type' || name === 'message' || name === 'stack' || (name === 'name' && type === undefined);
}
