import { LEVELS, type Level } from '../../../contract/levels.js';
import type { Fields } from '../../log-record.js';
import { levelOfOther, severityFields } from '../outlet/other-level.js';

/** How many numbers OpenTelemetry has for each level: 1 to 4 are `trace`, 21 to 24 `fatal`. */
const STEP = 4;

/** A severity in our terms. */
export interface Severity {
  readonly level: Level;
  /** What the level does not say of it. */
  readonly fields: Fields;
}

/** The level of a number; without one, of the text; else `info`. */
export function severityOf(number: number | undefined, text: unknown): Severity {
  const name = typeof text === 'string' ? text : '';
  const numbered = number === undefined ? undefined : LEVELS[Math.ceil(number / STEP) - 1];
  const level = numbered ?? levelOfOther(name) ?? 'info';
  return {
    level,
    fields: {
      ...(name === '' ? {} : severityFields(name, level)),
      ...(number && number !== firstNumberOf(level) ? { severityNumber: number } : {}),
    },
  };
}

function firstNumberOf(level: Level): number {
  return LEVELS.indexOf(level) * STEP + 1;
}
