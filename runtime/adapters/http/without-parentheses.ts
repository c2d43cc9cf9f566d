/**
 * Refuses a request or a context in the place of options, as `app.use(requestLogger)` would give it.
 *
 * @param of the call that takes the options
 * @throws TypeError that says what to write.
 */
export function refuseExchange(of: string, given: unknown): void {
  if (isExchange(given))
    throw new TypeError(`${of} was given a request: write app.use(${of}()), with parentheses`);
}

/** Options are plain objects: one that has `headers` is not yet a request. */
function isExchange(given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return false;
  return Object.getPrototypeOf(given) !== Object.prototype && ('headers' in given || 'req' in given);
}
