import { requireLate } from '../io/late-modules.cjs';

/**
 * Makes a function that copies an object, with the censor in place of the values at these paths.
 *
 * @throws Error for a malformed path.
 */
export function pathHider(
  paths: readonly string[],
  censor: string,
): <Value extends object>(value: Value) => Value {
  const redact = requireLate('@pinojs/redact');
  // Not `serialize: false`, which would put a function called `restore` in place of a field of that name.
  const hide = redact({ paths: [...paths], censor, serialize: (copy: unknown) => copy });
  return (value) => hide(value) as typeof value;
}
