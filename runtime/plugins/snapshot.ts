import type { Fields, LogRecord } from '../log-record.js';
import { guarded, isError, readable } from '../serialize/guard.js';
import { jsonOf } from '../serialize/json.js';

/** A record as it was when it was taken. */
export interface Snapshot {
  readonly record: LogRecord;
  /** About as many as its line has. */
  readonly characters: number;
}

/**
 * A copy of a record that waits: what the application changes in an object after the log call is not in it. Objects are
 * copied as JSON knows them; errors stay themselves, since sinks ask for their class. Never throws.
 */
export function snapshot(record: LogRecord): Snapshot {
  const copies = record.fields.map(copyOf);
  const characters = copies.reduce((sum, copy) => sum + copy.characters, record.message.length);
  return { record: { ...record, fields: copies.map(({ fields }) => fields) }, characters };
}

function copyOf(fields: Fields): { readonly fields: Fields; readonly characters: number } {
  // Without a prototype, a field called __proto__ is a field like any other.
  const copy: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  let characters = 0;
  for (const key of guarded(() => Object.keys(fields), [])) {
    const value = readable(() => fields[key]);
    const text = textOf(value);
    characters += key.length + (text?.length ?? 0);
    copy[key] = isCopied(value) && text !== undefined ? (JSON.parse(text) as unknown) : value;
  }
  return { fields: copy, characters };
}

function isCopied(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isError(value);
}

function textOf(value: unknown): string | undefined {
  if (isCopied(value)) return jsonOf(value);
  return isError(value) ? String(readable(() => value.stack)) : guarded(() => String(value), '');
}
