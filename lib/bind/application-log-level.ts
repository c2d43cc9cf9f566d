import { LEVELS, levelRank } from '../../contract/levels.js';
import type { Definition } from '../define/definition.js';
import { readLogLevel } from './read-setting.js';
import { isUnresolved } from '../tokens.js';
import type { Variables } from './place.js';

/** Lambda's names of levels, the most detailed first, at the ranks of ours. API: `LoggingConfig`, `ApplicationLogLevel`. */
const LAMBDA_LEVELS: readonly string[] = LEVELS.map((level) => level.toUpperCase());

/** Lambda takes a line without a level at its top for one of `INFO`, as every line of Python's fapilog is. */
const MOST_FOR_PYTHON = levelRank.info;

/**
 * The level from which Lambda has to send lines, so that it discards none that the logger writes.
 *
 * @param variables of the function: a level that its owner has set there wins
 */
export function applicationLogLevel(
  { settings, isForPython }: Definition,
  variables: Variables = {},
): string {
  const level = readLogLevel(variables) ?? settings.core?.logLevel ?? 'info';
  // A level that only the deployment knows is the logger's to apply.
  if (level === 'unknown' || isUnresolved(level)) return LAMBDA_LEVELS[0]!;
  const rank = isForPython ? Math.min(levelRank[level], MOST_FOR_PYTHON) : levelRank[level];
  return LAMBDA_LEVELS[rank] ?? LAMBDA_LEVELS.at(-1)!;
}

/** Whether Lambda would discard lines of the second level where it sends those of the first one and above. */
export function discards(applied: string, needed: string): boolean {
  return LAMBDA_LEVELS.indexOf(applied.toUpperCase()) > LAMBDA_LEVELS.indexOf(needed);
}
