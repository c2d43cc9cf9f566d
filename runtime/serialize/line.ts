import type { LogRecord } from '../log-record.js';
import { readContent, type LineContent } from './fields.js';
import { guarded } from './guard.js';

/** Formats a record as its log line: one flat JSON object, made for Logs Insights. Later fields win over earlier ones. */
export function formatLine(record: LogRecord): string {
  return JSON.stringify(lineMembers(record));
}

/** The line with its line break, for streams and files. */
export function jsonFormat(record: LogRecord): string {
  return `${formatLine(record)}\n`;
}

/** The members of the line, in their order, as plain data. */
export function lineMembers(
  record: LogRecord,
  { message, members }: Pick<LineContent, 'message' | 'members'> = readContent(record),
): Record<string, unknown> {
  return { timestamp: isoTime(record.timeMs), level: record.level, message, ...members };
}

/** RFC 3339, in UTC, with milliseconds. A time that no date can hold stays a number. */
export function isoTime(timeMs: number): string {
  if (timeMs !== last.timeMs) {
    last = { timeMs, text: guarded(() => new Date(timeMs).toISOString(), String(timeMs)) };
  }
  return last.text;
}

/** Remembered, because many lines have the same time. */
let last = { timeMs: 0, text: new Date(0).toISOString() };
