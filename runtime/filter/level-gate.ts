import { LEVELS, type Level } from '../../contract/levels.js';

/** Position of each level, lowest first. */
export const levelRank = Object.fromEntries(LEVELS.map((level, rank) => [level, rank])) as Record<
  Level,
  number
>;

export function passes(level: Level, minimum: Level): boolean {
  return levelRank[level] >= levelRank[minimum];
}
