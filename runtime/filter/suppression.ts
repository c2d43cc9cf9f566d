import type { LogRecord } from '../log-record.js';
import { isoTime } from '../serialize/line.js';

/** Records that a filter held back. */
export interface Suppression {
  readonly count: number;
  /** The earliest and the latest time of these records. */
  readonly fromMs: number;
  readonly toMs: number;
}

export const noSuppression: Suppression = { count: 0, fromMs: Infinity, toMs: -Infinity };

export function suppressed({ timeMs }: LogRecord): Suppression {
  return { count: 1, fromMs: timeMs, toMs: timeMs };
}

export function mergeSuppressions(one: Suppression, other: Suppression): Suppression {
  return {
    count: one.count + other.count,
    fromMs: Math.min(one.fromMs, other.fromMs),
    toMs: Math.max(one.toMs, other.toMs),
  };
}

/** A record that says, in the stream itself, how many records are missing there. */
export function summaryRecord(
  filter: string,
  { count, fromMs, toMs }: Suppression,
  timeMs: number,
): LogRecord {
  const subject = count === 1 ? '1 log record was' : `${count} log records were`;
  const fields = { suppressed: count, filter, from: isoTime(fromMs), to: isoTime(toMs) };
  return { timeMs, level: 'warn', message: `${subject} suppressed by ${filter}`, fields: [fields] };
}
