/**
 * CommonJS, so that the package can be loaded when a path is to be hidden, and not before, without making the logger
 * asynchronous.
 */

/**
 * A function that returns a copy of an object in which the censor stands at these paths.
 *
 * @throws Error for a path that is none.
 */
export function pathHider(
  paths: readonly string[],
  censor: string,
): <Value extends object>(value: Value) => Value {
  const redact = require('@pinojs/redact') as typeof import('@pinojs/redact', {
    with: { 'resolution-mode': 'require' },
  });
  // Not `serialize: false`, which would put a function called `restore` in place of a field of that name.
  const hide = redact({ paths: [...paths], censor, serialize: (copy: unknown) => copy });
  return (value) => hide(value) as typeof value;
}
