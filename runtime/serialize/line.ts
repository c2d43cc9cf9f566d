import type { LogRecord } from '../log-record.js';
import { readContent, type LineContent } from './fields.js';

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
    const date = new Date(timeMs);
    // Asked for, and not tried: a full stack makes every call throw, and what it left would be remembered.
    last = { timeMs, text: Number.isNaN(date.getTime()) ? String(timeMs) : date.toISOString() };
  }
  return last.text;
}

/** Remembered, because many lines have the same time. */
let last = { timeMs: 0, text: new Date(0).toISOString() };
