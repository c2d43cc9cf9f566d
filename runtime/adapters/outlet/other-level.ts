import { LEVELS, PYTHON_LEVELS, type Level } from '../../../contract/levels.js';

/** Levels of other loggers by name, lower case: those of winston (npm, syslog, cli), log4js, LogTape and the console. */
const OTHERS: Readonly<Record<string, Level>> = {
  ...PYTHON_LEVELS,
  silly: 'trace',
  finest: 'trace',
  verbose: 'debug',
  http: 'debug',
  log: 'info',
  notice: 'info',
  mark: 'fatal',
  crit: 'fatal',
  alert: 'fatal',
  emerg: 'fatal',
};

/** Our level for the name of a level of another logger, in any case; `undefined` for a name that nobody knows. */
export function levelOfOther(name: string): Level | undefined {
  const lower = name.toLowerCase();
  return (
    LEVELS.find((level) => level === lower) ?? (Object.hasOwn(OTHERS, lower) ? OTHERS[lower] : undefined)
  );
}

/** The field `severity` where the name of the level says more than ours; `warning` and `warn` are one. */
export function severityFields(name: string, level: Level): { readonly severity?: string } {
  const lower = name.toLowerCase();
  return lower === level || PYTHON_LEVELS[lower] === level ? {} : { severity: name };
}
