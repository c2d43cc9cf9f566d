/**
 * Calls what the application handed in. Whatever it throws, now or in a promise, must not reach the application's log
 * call or end its process; `onThrown` hears of it.
 */
export function quietly(action: () => unknown, onThrown: (thrown: unknown) => void = () => undefined): void {
  try {
    const result = action();
    if (result instanceof Promise) result.catch(onThrown);
  } catch (thrown) {
    onThrown(thrown);
  }
}
