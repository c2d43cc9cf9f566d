import { LEVELS, levelRank, type MinimumLevel } from '../../contract/levels.js';
import type { Definition } from '../define/definition.js';
import { isUnresolved } from '../tokens.js';

/** Lambda's names of levels, the most detailed first, at the ranks of ours. API: `LoggingConfig`, `ApplicationLogLevel`. */
const LAMBDA_LEVELS: readonly string[] = LEVELS.map((level) => level.toUpperCase());

/** Lambda takes a line without a level at its top for one of `INFO`, as every line of Python's fapilog is. */
const MOST_FOR_PYTHON = levelRank.info;

/** The level from which Lambda has to send lines, so that it discards none that the logger writes. */
export function applicationLogLevel({ settings, isForPython }: Definition): string {
  const level: MinimumLevel = settings.core?.logLevel ?? 'info';
  // A level that only the deployment knows is the logger's to apply.
  if (isUnresolved(level)) return LAMBDA_LEVELS[0]!;
  const rank = isForPython ? Math.min(levelRank[level], MOST_FOR_PYTHON) : levelRank[level];
  return LAMBDA_LEVELS[rank] ?? LAMBDA_LEVELS.at(-1)!;
}

/** Whether Lambda would discard lines of the second level where it sends those of the first one and above. */
export function discards(applied: string, needed: string): boolean {
  return LAMBDA_LEVELS.indexOf(applied) > LAMBDA_LEVELS.indexOf(needed);
}
