import type { Fields, LogRecord } from '../log-record.js';
import { plainError } from './error.js';
import { jsonOf } from './json.js';

/** Members that the line owns. A field of the same name is kept with an underscore before it. */
const OWN_MEMBERS = new Set(['timestamp', 'level', 'message']);

/**
 * The log line: one flat JSON object, made for Logs Insights. Later fields win over earlier ones. Never throws.
 */
export function lineOf(record: LogRecord): string {
  const line: Record<string, unknown> = {
    timestamp: new Date(record.timeMs).toISOString(),
    level: record.level,
    message: record.message,
  };
  for (const fields of record.fields) addFields(line, fields);
  return jsonOf(line);
}

function addFields(line: Record<string, unknown>, fields: Fields): void {
  for (const key of keysOf(fields)) {
    const value = valueOf(fields, key);
    const name = OWN_MEMBERS.has(key) ? `_${key}` : key;
    line[name === 'err' && value instanceof Error ? 'error' : name] =
      value instanceof Error ? safely(() => plainError(value)) : value;
  }
}

function keysOf(fields: Fields): readonly string[] {
  const keys = safely(() => Object.keys(fields));
  return Array.isArray(keys) ? keys : [];
}

function valueOf(fields: Fields, key: string): unknown {
  return safely(() => fields[key]);
}

/** A getter or a proxy may throw: then its message stands where the value would. */
function safely(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return `[unreadable: ${error instanceof Error ? error.message : 'no reason given'}]`;
  }
}
