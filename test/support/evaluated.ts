import { isError } from '../../runtime/serialize/guard.js';

/** Runs code as it stands in a document, in this realm, with these names in its scope. */
export function evaluated(code: string, scope: Readonly<Record<string, unknown>>): unknown {
  // oxlint-disable-next-line typescript/no-implied-eval -- what a document shows is what is run
  const run = new Function(...Object.keys(scope), code) as (...values: unknown[]) => unknown;
  return run(...Object.values(scope));
}

/** The stack that errors get here, so that lines can be compared. */
export function shortStack(text: string): string {
  return `${text}\n    at …`;
}

/** The value, with that stack in each error that it holds. */
export function withShortStacks<Value>(value: Value, seen = new Set<unknown>()): Value {
  if (!holdsValues(value) || seen.has(value)) return value;
  seen.add(value);
  if (isError(value)) Object.defineProperty(value, 'stack', { value: shortStack(String(value)) });
  for (const each of Object.values(Object.getOwnPropertyDescriptors(value)))
    withShortStacks(each.value, seen);
  return value;
}

function holdsValues(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return isError(value) || Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
