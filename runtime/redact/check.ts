import { nearest } from '../../contract/nearest.js';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import type { ValuesOf } from '../../contract/sections.js';
import { PATTERN_NAMES } from '../../contract/settings/redaction.js';
import { reasonOf } from '../serialize/guard.js';
import { CENSOR } from '../serialize/censor.js';
import { pathHider } from './paths.cjs';

/** Unknown patterns and malformed paths, whether redaction is enabled or not. */
export function redactionProblems({ patterns, paths }: ValuesOf<'redaction'>): Problem[] {
  return [...patterns.flatMap(patternProblem), ...paths.flatMap(pathProblem)];
}

/** @throws SettingsError naming every unknown pattern, with the known ones, and every malformed path. */
export function checkRedaction(settings: ValuesOf<'redaction'>): void {
  assertNoProblems(redactionProblems(settings));
}

function patternProblem(name: string): Problem[] {
  if ((PATTERN_NAMES as readonly string[]).includes(name)) return [];
  const meant = nearest(name, PATTERN_NAMES);
  const hint = meant ? `; did you mean "${meant}"?` : '';
  return [{ where: 'redaction.patterns', value: name, allowed: `${PATTERN_NAMES.join(', ')}${hint}` }];
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
