import type { LogRecord } from '../log-record.js';
import { readContent, type LineContent } from './fields.js';
import { guarded } from './guard.js';

/** The log line: one flat JSON object, made for Logs Insights. Later fields win over earlier ones. */
export function formatLine(record: LogRecord): string {
  return JSON.stringify(lineMembers(record));
}

/** The members of the line, in their order, as plain data. */
export function lineMembers(
  record: LogRecord,
  { message, members }: Pick<LineContent, 'message' | 'members'> = readContent(record),
): Record<string, unknown> {
  return { timestamp: isoTime(record.timeMs), level: record.level, message, ...members };
}

/** RFC 3339, UTC, with milliseconds; a time that is none stands as it is. */
export function isoTime(timeMs: number): string {
  if (timeMs !== last.timeMs) {
    last = { timeMs, text: guarded(() => new Date(timeMs).toISOString(), String(timeMs)) };
  }
  return last.text;
}

/** Many lines have the same time. */
let last = { timeMs: 0, text: new Date(0).toISOString() };
