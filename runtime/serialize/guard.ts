import { types } from 'node:util';

/** Whether a value is an error, of whichever realm. Never throws, whatever a proxy may do when it is asked. */
export function isError(value: unknown): value is Error {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  if (types.isNativeError(value)) return true;
  try {
    // Of another realm, a DOMException is not even a native error.
    return value instanceof Error || Object.prototype.toString.call(value) === '[object DOMException]';
  } catch {
    return false;
  }
}

/** What `read` returns, or the fallback if it throws. */
export function guarded<Result>(read: () => Result, fallback: Result): Result {
  try {
    return read();
  } catch {
    return fallback;
  }
}

/** What `read` returns, or text that says why there is nothing. */
export function readable(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return unreadable(error);
  }
}

/** Stands for what could not be read, and says why. */
export function unreadable(thrown: unknown): string {
  return `[unreadable: ${reasonOf(thrown)}]`;
}

/** What was thrown, as text; anything can be thrown. */
export function reasonOf(thrown: unknown): string {
  return guarded(() => String(isError(thrown) ? (thrown.message as unknown) : thrown), 'no reason given');
}
