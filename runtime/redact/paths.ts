import type { Problem } from '../../contract/problems.js';
import { requireLate } from '../io/late-modules.cjs';
import { CENSOR } from '../serialize/censor.js';
import { guarded } from '../serialize/guard.js';

/** Problems of malformed paths. `where` is the place of the setting. The messages of the library are left out: they quote the path. */
export function pathProblems(paths: readonly string[], where: string): Problem[] {
  return paths
    .filter((path) => guarded(() => !pathHider([path]), true))
    .map((value) => ({ where, value, allowed: 'a path such as user.email or orders[*].iban' }));
}

/**
 * Makes a function that copies an object, with the censor in place of the values at these paths.
 *
 * @throws Error for a malformed path.
 */
export function pathHider(paths: readonly string[]): <Value extends object>(value: Value) => Value {
  const redact = requireLate('@pinojs/redact');
  // Not `serialize: false`, which would put a function called `restore` in place of a field of that name.
  const hide = redact({ paths: [...paths], censor: CENSOR, serialize: (copy: unknown) => copy });
  return (value) => hide(value) as typeof value;
}
