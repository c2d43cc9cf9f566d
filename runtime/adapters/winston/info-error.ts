import { guarded, isError, readable } from '../../serialize/guard.js';
import { setMember } from '../../serialize/view.js';

type Members = Record<string, unknown>;

/**
 * Takes an error that was logged behind a message out of the members that winston made of it, and returns it as the formats have left
 * these: what a format has hidden or taken away of them stays so. `undefined` if a format has rewritten its message and left nothing
 * else of it.
 */
export function errorIn(members: Members, message: unknown, error: Error): unknown {
  const left = ['stack', 'cause', ...guarded(() => Object.keys(error), [])].filter((name) =>
    Object.hasOwn(members, name),
  );
  const taken = Object.fromEntries(left.map((name) => [name, members[name]]));
  for (const name of left) delete members[name];
  const isTold = typeof message === 'string' && message.includes(String(readable(() => error.message)));
  if (isTold && (isAsItWas(taken, error) || isInText(message, error))) return error;
  return isTold || left.length > 0 ? changed(error, taken, isTold) : undefined;
}

/** Whether no format has changed what winston has taken of the error. */
function isAsItWas(taken: Members, error: Error): boolean {
  const names = Object.keys(taken);
  return (
    names.includes('stack') && names.every((name) => taken[name] === readable(() => (error as never)[name]))
  );
}

function changed(error: Error, taken: Members, isTold: boolean): object {
  const copied = Object.create(Object.getPrototypeOf(error) as object) as Members;
  define(copied, 'message', isTold ? error.message : undefined);
  define(copied, 'stack', taken['stack']);
  for (const [name, value] of Object.entries(taken)) if (name !== 'stack') setMember(copied, name, value);
  return copied;
}

/** Whether a placeholder has shown the whole error: then winston made no members of it that a format could change. */
function isInText(message: unknown, error: Error): boolean {
  return guarded(() => String(message).includes(String(error.stack)), false);
}

/** Defines what an error has without showing it among its members. */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, configurable: true, writable: true });
}

/**
 * The error of an info that is one: `logger.error(error)` makes the level and the logger's `defaultMeta` its members.
 *
 * @param others members that are not the error's
 */
export function errorWithout(error: Error, others: ReadonlySet<string>): Error {
  // What is no ordinary error, or shows itself in its own way, may need what no copy has.
  if (!Object.hasOwn(error, 'message') || 'toJSON' in error) return error;
  const copied = Object.create(Object.getPrototypeOf(error) as object) as Members;
  for (const name of Reflect.ownKeys(error)) {
    if (typeof name === 'symbol' || others.has(name)) continue;
    const descriptor = Object.getOwnPropertyDescriptor(error, name)!;
    Object.defineProperty(copied, name, {
      value: readable(() => (error as unknown as Members)[name]),
      enumerable: descriptor.enumerable === true,
      configurable: true,
      writable: true,
    });
  }
  return copied as unknown as Error;
}

/**
 * Makes the field `error` of the members `stack` and `cause` of an error that became an info: by `format.errors({ stack: true })`, or
 * by a child logger. Its further members stay fields.
 */
export function regroupError(members: Members, message: unknown): void {
  const { stack, cause } = members;
  if (typeof stack !== 'string' || isKnown(members, stack)) return;
  const [, type] = /^(?:Uncaught )?([\w$.]+)(?: \[\w+\])?(?::|$)/m.exec(stack) ?? [];
  const isOfMessage = typeof message === 'string' && stack.includes(message) && stack.includes('\n    at ');
  if (type === undefined || !isOfMessage || Object.hasOwn(members, 'error')) return;
  delete members['stack'];
  delete members['cause'];
  members['error'] = { type, message, stack, ...(cause !== undefined && { cause }) };
}

/** Whether an error among the members has the stack already: then the member that repeats it goes. */
function isKnown(members: Members, stack: string): boolean {
  const errors = [members['error'], members['err']].filter(isError);
  if (!errors.some((error) => readable(() => error.stack) === stack)) return false;
  delete members['stack'];
  return true;
}
