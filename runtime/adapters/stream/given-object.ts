import type { Fields } from '../../log-record.js';
import type { GivenRecord } from '../../logger/given-record.js';
import { readLogCall } from '../../logger/log-call.js';
import { guarded } from '../../serialize/guard.js';
import { copyOf } from '../../serialize/view.js';
import { isDefault, levelOf, timeOf } from '../lines/recognized-line.js';
import { severityFields } from '../outlet/other-level.js';

/** An event of log4js, as its appenders get it. */
interface Log4jsEvent {
  readonly startTime: Date;
  readonly categoryName: string;
  readonly data: readonly unknown[];
  readonly level: { readonly levelStr: string };
  readonly context: Fields;
}

/**
 * Makes a record of an object that a logger writes in place of a line: of bunyan for `type: 'raw'`, an event of log4js, or any object
 * with the members `level`, `time` and `msg`.
 */
export function givenObject(object: object, nowMs: number): GivenRecord {
  return isOfLog4js(object) ? ofLog4js(object, nowMs) : ofMembers(object as Fields, nowMs);
}

function isOfLog4js(object: object): object is Log4jsEvent {
  return guarded(() => {
    const { data, level } = object as Partial<Log4jsEvent>;
    return Array.isArray(data) && typeof level?.levelStr === 'string';
  }, false);
}

/** The arguments of the log call are read as those of our loggers are. */
function ofLog4js(event: Log4jsEvent, nowMs: number): GivenRecord {
  const level = guarded(() => levelOf(event.level.levelStr), undefined) ?? 'info';
  return {
    timeMs: guarded(() => timeOf(event.startTime), undefined) ?? nowMs,
    level,
    content(rules) {
      const { data, context, categoryName } = event;
      const { message, fields } = readLogCall(data, rules);
      return {
        message,
        fields: {
          category: categoryName,
          ...severityFields(event.level.levelStr, level),
          ...context,
          ...copyOf(fields ?? {}),
        },
      };
    },
  };
}

function ofMembers(object: Fields, nowMs: number): GivenRecord {
  const level = guarded(() => levelOf(object['level']), undefined);
  const timeMs = guarded(() => timeOf(object['time']), undefined);
  return {
    timeMs: timeMs ?? nowMs,
    level: level ?? 'info',
    content() {
      const { msg, ...fields }: Record<string, unknown> = copyOf(object);
      // What the line says of level and time is not said twice.
      if (level !== undefined && isPlainLevel(fields['level'])) delete fields['level'];
      if (timeMs !== undefined) delete fields['time'];
      return typeof msg === 'string' ? { message: msg, fields } : { message: '', fields: { msg, ...fields } };
    },
  };
}

/** Whether our level says as much. */
function isPlainLevel(level: unknown): boolean {
  if (typeof level === 'number') return isDefault(String(level));
  return (
    typeof level === 'string' && Object.keys(severityFields(level, levelOf(level) ?? 'info')).length === 0
  );
}
