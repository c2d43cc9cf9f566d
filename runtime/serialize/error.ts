import { heard } from '../io/quietly.js';
import { guarded, readable } from './guard.js';
import { axiosShape, withoutHttpGuts } from './http-shapes.js';
import { freeName } from './names.js';

/** A member of an object, by its name in the line. */
export type Member = readonly [name: string, value: unknown];

/**
 * The members that a line has of an error: type, message, stack, code, cause and the errors it aggregates; then its further
 * members, or those that its `toJSON` returns. A member whose name is taken by another value gets an underscore. Never throws.
 */
export function membersOfError(error: Error): Member[] {
  const type = readable(() => error.constructor?.name || error.name);
  const name = readable(() => error.name);
  const known: Member[] = [
    ['type', type],
    ['message', readable(() => error.message)],
    ['stack', readable(() => error.stack)],
    // Some classes have another name, such as AbortError.
    ['name', name === type || name === 'Error' ? undefined : name],
    ['code', readable(() => (error as NodeJS.ErrnoException).code)],
    ['cause', readable(() => causeOf(error))],
    ['errors', readable(() => Object.getOwnPropertyDescriptor(error, 'errors')?.value as unknown)],
  ];
  const present = known.filter(([, value]) => value !== undefined);
  return [...present, ...furtherMembers(error, new Map(present).set('name', name))];
}

/** In some libraries `cause` is a method, and its result is a member of another name. */
function causeOf(error: Error): unknown {
  const { cause } = error;
  return typeof cause === 'function' && !Object.hasOwn(error, 'cause') ? undefined : cause;
}

function furtherMembers(error: Error, known: ReadonlyMap<string, unknown>): Member[] {
  const source = readable(() => ownView(error));
  if (typeof source !== 'object' || source === null) return source === undefined ? [] : [['toJSON', source]];
  const keys = guarded(() => Object.keys(source), []);
  const taken = new Set([...known.keys(), ...keys]);
  return keys
    .map((key): Member => [key, readable(() => (source as Record<string, unknown>)[key])])
    .filter(([key, value]) => !known.has(key) || known.get(key) !== value)
    .map(([key, value]) => {
      const name = known.has(key) ? freeName(key, (free) => taken.has(free)) : key;
      taken.add(name);
      return [name, withoutHttpGuts(value)];
    });
}

/** Adds the response to the result of axios' `toJSON`, which omits it although it is the reason for the error. */
function ownView(error: Error): unknown {
  const { toJSON, response } = error as { readonly toJSON?: unknown; readonly response?: unknown };
  if (typeof toJSON !== 'function') return error;
  const json = heard(toJSON.call(error, '') as unknown);
  const isAnswer = typeof response === 'object' && response !== null && axiosShape(response);
  return isAnswer && typeof json === 'object' ? { ...json, response } : json;
}
