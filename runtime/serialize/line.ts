import type { Fields, LogRecord } from '../log-record.js';
import { plainError } from './error.js';
import { guarded, isError, readable } from './guard.js';
import { jsonOf } from './json.js';
import { withoutUrlCredentials } from './url-credentials.js';

/** Members that the line owns. A field of the same name is kept with an underscore before it. */
const OWN_MEMBERS = new Set(['timestamp', 'level', 'message']);

/** The log line: one flat JSON object, made for Logs Insights. Later fields win over earlier ones. */
export function lineOf(record: LogRecord): string {
  // Without a prototype, a field called __proto__ is a field like any other.
  const line: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  line['timestamp'] = isoTime(record.timeMs);
  line['level'] = record.level;
  line['message'] = record.message;
  for (const fields of record.fields) addFields(line, fields);
  return withoutUrlCredentials(jsonOf(line));
}

/** RFC 3339, UTC, with milliseconds; a time that is none stands as it is. */
export function isoTime(timeMs: number): string {
  return guarded(() => new Date(timeMs).toISOString(), String(timeMs));
}

function addFields(line: Record<string, unknown>, fields: Fields): void {
  for (const key of guarded(() => Object.keys(fields), [])) {
    const value = readable(() => fields[key]);
    if (isError(value)) line[key === 'err' ? 'error' : lineName(key)] = plainError(value);
    // JSON has no functions; one called toJSON would even replace the whole line.
    else if (typeof value !== 'function') line[lineName(key)] = value;
  }
}

/** The name of a field in the line. */
export function lineName(key: string): string {
  return OWN_MEMBERS.has(key) ? `_${key}` : key;
}
