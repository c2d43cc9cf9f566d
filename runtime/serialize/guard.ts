import { types } from 'node:util';

/** Whether a value is an error, of any realm. Never throws, even if the value is a proxy that does. */
export function isError(value: unknown): value is Error {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  if (types.isNativeError(value)) return true;
  try {
    // A DOMException of another realm is neither a native error nor an instance of Error.
    return value instanceof Error || Object.prototype.toString.call(value) === '[object DOMException]';
  } catch {
    return false;
  }
}

/** Returns what `read` returns, or the fallback if it throws. */
export function guarded<Result>(read: () => Result, fallback: Result): Result {
  try {
    return read();
  } catch {
    return fallback;
  }
}

/** Returns what `read` returns, or the mark of {@link unreadable} if it throws. */
export function readable(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return unreadable(error);
  }
}

/** Replaces a value that could not be read, and says why. */
export function unreadable(thrown: unknown): string {
  return `[unreadable: ${reasonOf(thrown)}]`;
}

/** Text for anything that can be thrown. */
export function reasonOf(thrown: unknown): string {
  return guarded(() => String(isError(thrown) ? (thrown.message as unknown) : thrown), 'no reason given');
}
