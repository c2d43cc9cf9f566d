/**
 * Calls a function, of the application for example. Whatever it throws, now or in a promise, must not reach a log call or
 * end the process; `onThrown` is called with it.
 */
export function quietly(action: () => unknown, onThrown: (thrown: unknown) => void = () => undefined): void {
  try {
    const result = action();
    if (result instanceof Promise) result.catch(onThrown);
  } catch (thrown) {
    onThrown(thrown);
  }
}
