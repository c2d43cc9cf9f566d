/** Log levels, lowest first. */
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export type Level = (typeof LEVELS)[number];

/** Position of each level, lowest first. */
export const levelRank = Object.fromEntries(LEVELS.map((level, rank) => [level, rank])) as Record<
  Level,
  number
>;

export function passes(level: Level, minimum: Level): boolean {
  return levelRank[level] >= levelRank[minimum];
}

/** Python's names for levels, which settings accept too. */
export const PYTHON_LEVELS: Readonly<Record<string, Level>> = {
  warning: 'warn',
  critical: 'fatal',
};

/** How a level is written into a variable, so that Python's fapilog reads it too. */
export function pythonLevel(level: Level): string {
  const python = Object.keys(PYTHON_LEVELS).find((name) => PYTHON_LEVELS[name] === level);
  return (python ?? level).toUpperCase();
}
