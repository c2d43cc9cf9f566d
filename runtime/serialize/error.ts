import { guarded, readable } from './guard.js';
import { axiosShape, withoutHttpGuts } from './http-shapes.js';
import { freeName } from './names.js';

/** A member of an object, by its name in the line. */
export type Member = readonly [name: string, value: unknown];

/**
 * The members by which a line tells of an error: type, message, stack, code, cause, the errors it aggregates, then what else
 * it has, or what its `toJSON` says that it has. A member whose name is taken by another value is kept with an underscore
 * before it. Never throws.
 */
export function membersOfError(error: Error): Member[] {
  const type = readable(() => error.constructor?.name || error.name);
  const known: Member[] = [
    ['type', type],
    ['message', readable(() => error.message)],
    ['stack', readable(() => error.stack)],
    ['name', nameBeside(error, type)],
    ['code', readable(() => (error as NodeJS.ErrnoException).code)],
    ['cause', readable(() => causeOf(error))],
    ['errors', readable(() => Object.getOwnPropertyDescriptor(error, 'errors')?.value as unknown)],
  ];
  const told = known.filter(([, value]) => value !== undefined);
  return [
    ...told,
    ...furtherMembers(
      error,
      new Map(told).set(
        'name',
        readable(() => error.name),
      ),
    ),
  ];
}

/** Of some libraries it is a method, and what it returns a member as well. */
function causeOf(error: Error): unknown {
  const { cause } = error;
  return typeof cause === 'function' && !Object.hasOwn(error, 'cause') ? undefined : cause;
}

/** Some errors have a name that is not that of their class, such as AbortError. */
function nameBeside(error: Error, type: unknown): unknown {
  const name = readable(() => error.name);
  return name === type || name === 'Error' ? undefined : name;
}

function furtherMembers(error: Error, told: ReadonlyMap<string, unknown>): Member[] {
  const source = readable(() => ownView(error));
  if (typeof source !== 'object' || source === null) return source === undefined ? [] : [['toJSON', source]];
  const keys = guarded(() => Object.keys(source), []);
  const taken = new Set([...told.keys(), ...keys]);
  return keys
    .map((key): Member => [key, readable(() => (source as Record<string, unknown>)[key])])
    .filter(([key, value]) => !told.has(key) || told.get(key) !== value)
    .map(([key, value]) => {
      const name = told.has(key) ? freeName(key, (free) => taken.has(free)) : key;
      taken.add(name);
      return [name, withoutHttpGuts(value)];
    });
}

/** The `toJSON` of axios leaves out what the server answered, which is why there is an error. */
function ownView(error: Error): unknown {
  const { toJSON, response } = error as { readonly toJSON?: unknown; readonly response?: unknown };
  if (typeof toJSON !== 'function') return error;
  const json = toJSON.call(error, '') as unknown;
  const isAnswer = typeof response === 'object' && response !== null && axiosShape(response);
  return isAnswer && typeof json === 'object' ? { ...json, response } : json;
}
