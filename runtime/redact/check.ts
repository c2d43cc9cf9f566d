import { assertNoProblems, type Problem } from '../../contract/problems.js';
import type { ValuesOf } from '../../contract/sections.js';
import { reasonOf } from '../serialize/guard.js';
import { CENSOR } from '../serialize/censor.js';
import { pathHider } from './paths.js';

/** What is wrong with the paths of the section, whether redaction is enabled or not. */
export function redactionProblems({ paths }: ValuesOf<'redaction'>): Problem[] {
  return paths.flatMap(pathProblem);
}

/** @throws SettingsError naming every malformed path. */
export function checkRedaction(settings: ValuesOf<'redaction'>): void {
  assertNoProblems(redactionProblems(settings));
}

function pathProblem(path: string): Problem[] {
  try {
    pathHider([path], CENSOR);
    return [];
  } catch (error) {
    const allowed = `a path such as user.email or orders[*].iban (${reasonOf(error)})`;
    return [{ where: 'redaction.paths', value: path, allowed }];
  }
}
