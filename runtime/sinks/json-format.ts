import type { LogRecord } from '../log-record.js';
import { formatLine } from '../serialize/line.js';

/** The line that CloudWatch Logs would get, and a line break. */
export function jsonFormat(record: LogRecord): string {
  return `${formatLine(record)}\n`;
}
