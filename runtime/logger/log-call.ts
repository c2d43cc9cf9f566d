import { format } from 'node:util';
import type { Fields } from '../log-record.js';
import { guarded, isError, reasonOf } from '../serialize/guard.js';

/** What a log call said, whichever way round it said it. */
export interface LogCall {
  readonly message: string;
  readonly fields: Fields | undefined;
}

/**
 * Understands `(message, fields?)`, pino's `(fields, message?)`, an error in either place, and any other value as the
 * message. Further values are appended or interpolated as `util.format` does.
 */
export function readLogCall(first: unknown, second: unknown, rest: readonly unknown[]): LogCall {
  if (typeof first === 'string') {
    const fields = asFields(second);
    return fields
      ? { message: joined(first, rest), fields }
      : { message: joined(first, second === undefined ? rest : [second, ...rest]), fields: undefined };
  }
  const fields = asFields(first);
  if (!fields) return { message: joined(first, second === undefined ? rest : [second, ...rest]), fields };
  const message = second === undefined ? messageOf(first) : joined(second, rest);
  return { message, fields };
}

/** Objects are fields, an error is the field `error`, everything else is none. */
function asFields(value: unknown): Fields | undefined {
  if (isError(value)) return { error: value };
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

function messageOf(value: unknown): string {
  return isError(value) ? reasonOf(value) : '';
}

function joined(first: unknown, rest: readonly unknown[]): string {
  if (rest.length === 0 && typeof first === 'string') return first;
  return guarded(() => (rest.length === 0 ? String(first) : format(first, ...rest)), '[unreadable message]');
}
