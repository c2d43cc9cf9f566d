import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { requireLate } from '../io/late-modules.cjs';
import { CENSOR } from '../serialize/censor.js';
import { reasonOf } from '../serialize/guard.js';

/** @throws SettingsError naming every malformed path. */
export function checkPaths(paths: readonly string[]): void {
  assertNoProblems(paths.flatMap(pathProblem));
}

function pathProblem(path: string): Problem[] {
  try {
    pathHider([path]);
    return [];
  } catch (error) {
    const allowed = `a path such as user.email or orders[*].iban (${reasonOf(error)})`;
    return [{ where: 'redaction.paths', value: path, allowed }];
  }
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
