import { crypto } from '../io/late-modules.cjs';
import type { LogRecord } from '../log-record.js';
import { fieldOf } from './field.js';

/** Characters of a key that is kept as it is: filters remember thousands of keys. */
const MAX_KEY_LENGTH = 256;

/**
 * The value of a field as text that tells records apart: 7 and "7" are alike. `undefined` where the record has no such
 * field, or one that is blank or no text, number or boolean. Never throws.
 *
 * @param path dots lead into nested fields
 */
export function keyOf(record: LogRecord, path: string): string | undefined {
  const value = fieldOf(record, path);
  if (typeof value === 'string') return value.trim() === '' ? undefined : shortKey(value);
  const isPlain = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
  return isPlain ? shortKey(String(value)) : undefined;
}

/** The text itself, or a digest where remembering the text would take much memory. */
export function shortKey(text: string): string {
  return text.length <= MAX_KEY_LENGTH ? text : crypto().createHash('sha256').update(text).digest('base64');
}
