import type { LogRecord } from '../log-record.js';
import { isoTime } from '../serialize/line.js';

/** Records that a filter held back. */
export interface Suppression {
  readonly count: number;
  /** Times of the earliest and the latest of them. */
  readonly fromMs: number;
  readonly toMs: number;
}

export const noSuppression: Suppression = { count: 0, fromMs: Infinity, toMs: -Infinity };

export function suppressed({ timeMs }: LogRecord): Suppression {
  return { count: 1, fromMs: timeMs, toMs: timeMs };
}

export function together(one: Suppression, other: Suppression): Suppression {
  return {
    count: one.count + other.count,
    fromMs: Math.min(one.fromMs, other.fromMs),
    toMs: Math.max(one.toMs, other.toMs),
  };
}

/** The record that tells, in the stream itself, that records are missing there. */
export function summaryRecord(
  filter: string,
  { count, fromMs, toMs }: Suppression,
  timeMs: number,
): LogRecord {
  const subject = count === 1 ? '1 log record was' : `${count} log records were`;
  const fields = { suppressed: count, filter, from: isoTime(fromMs), to: isoTime(toMs) };
  return { timeMs, level: 'warn', message: `${subject} suppressed by ${filter}`, fields: [fields] };
}
