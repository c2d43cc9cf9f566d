import type { LogRecord } from '../log-record.js';
import { guarded } from '../serialize/guard.js';

/** Reads a field of a record. Dots lead into nested fields; later fields win, as in the line. Never throws. */
export function fieldOf({ fields }: LogRecord, path: string): unknown {
  const [first = '', ...rest] = path.split('.');
  const owner = fields.findLast((each) => guarded(() => Object.hasOwn(each, first), false));
  return guarded(() => {
    let value: unknown = owner?.[first];
    for (const part of rest) value = (value as Record<string, unknown> | null | undefined)?.[part];
    return value;
  }, undefined);
}
