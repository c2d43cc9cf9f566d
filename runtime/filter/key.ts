import { requireLate } from '../io/late-modules.cjs';
import type { LogRecord } from '../log-record.js';
import { guarded } from '../serialize/guard.js';

/** Longer keys are kept as a digest, since filters remember thousands of keys. */
const MAX_KEY_LENGTH = 256;

/**
 * The value of a field as a text to group records by: 7 and "7" are the same. `undefined` for a blank text, for a value that is no
 * text, number or boolean, and where the record has no such field. Never throws.
 *
 * @param path dots lead into nested fields
 */
export function keyOf(record: LogRecord, path: string): string | undefined {
  const value = fieldOf(record, path);
  if (typeof value === 'string') return value.trim() === '' ? undefined : shortKey(value);
  const isPlain = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
  return isPlain ? shortKey(String(value)) : undefined;
}

/** The text itself, or the digest of a long one. */
export function shortKey(text: string): string {
  return text.length <= MAX_KEY_LENGTH
    ? text
    : requireLate('node:crypto').createHash('sha256').update(text).digest('base64');
}

/** Reads a field of a record. Dots lead into nested fields; later fields win, as in the line. Never throws. */
function fieldOf({ fields }: LogRecord, path: string): unknown {
  const [first = '', ...rest] = path.split('.');
  const owner = fields.findLast((each) => guarded(() => Object.hasOwn(each, first), false));
  return guarded(() => {
    let value: unknown = owner?.[first];
    for (const part of rest) value = (value as Record<string, unknown> | null | undefined)?.[part];
    return value;
  }, undefined);
}
