import type { LogRecord } from '../log-record.js';
import { isoTime } from '../serialize/line.js';

/** Counts the records that a filter held back, and keeps their earliest and latest time. */
export class Suppression {
  count = 0;
  fromMs = Infinity;
  toMs = -Infinity;

  add({ timeMs }: LogRecord): void {
    this.addAll({ count: 1, fromMs: timeMs, toMs: timeMs });
  }

  addAll({ count, fromMs, toMs }: Pick<Suppression, 'count' | 'fromMs' | 'toMs'>): void {
    this.count += count;
    this.fromMs = Math.min(this.fromMs, fromMs);
    this.toMs = Math.max(this.toMs, toMs);
  }

  /** A record that says, in the stream itself, how many records are missing there. */
  summary(filter: string, timeMs: number): LogRecord {
    const { count } = this;
    const subject = count === 1 ? '1 log record was' : `${count} log records were`;
    const fields = { suppressed: count, filter, from: isoTime(this.fromMs), to: isoTime(this.toMs) };
    return { timeMs, level: 'warn', message: `${subject} suppressed by ${filter}`, fields: [fields] };
  }
}
