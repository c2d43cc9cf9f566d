/** Log levels, lowest first. */
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** The level of a log record. */
export type Level = (typeof LEVELS)[number];

/** The lowest level of a logger, a sink or a filter; at `silent`, no record passes. */
export const MINIMUM_LEVELS = [...LEVELS, 'silent'] as const;

/** The lowest level that is taken: a level, or `silent`, at which nothing is. */
export type MinimumLevel = (typeof MINIMUM_LEVELS)[number];

/** Position of each level, lowest first. */
export const levelRank = Object.fromEntries(MINIMUM_LEVELS.map((level, rank) => [level, rank])) as Record<
  MinimumLevel,
  number
>;

export function passes(level: MinimumLevel, minimum: MinimumLevel): boolean {
  return levelRank[level] >= levelRank[minimum];
}

/** Python's names for levels, which settings accept too. */
export const PYTHON_LEVELS: Readonly<Record<string, Level>> = {
  warning: 'warn',
  critical: 'fatal',
};

/** How a level is written into a variable: in Python's name, where Python has one. */
export function pythonLevel(level: MinimumLevel): string {
  const python = Object.keys(PYTHON_LEVELS).find((name) => PYTHON_LEVELS[name] === level);
  return (python ?? level).toUpperCase();
}

/** The levels that the setting of Python's fapilog knows; its logger has more. */
export const PYTHON_LOG_LEVELS: readonly string[] = ['DEBUG', 'INFO', 'WARNING', 'ERROR'];
