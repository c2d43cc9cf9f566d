import { jsonBytes } from './utf8.js';

export const BRACES_BYTES = 2;
export const QUOTES_BYTES = 2;
export const COMMA_BYTES = 1;

/** Bytes of the JSON of a text, number, boolean or null. */
export function plainBytes(value: unknown): number {
  if (typeof value === 'string') return jsonBytes(value) + QUOTES_BYTES;
  return typeof value === 'number' ? numberBytes(value) : String(value).length;
}

/** Bytes of a member's name, with the colon. */
export function nameBytes(name: string): number {
  return jsonBytes(name) + QUOTES_BYTES + ':'.length;
}

/** Bytes around a value that is nested under these names: names, braces and a comma. */
export function pathBytes(path: readonly string[]): number {
  const names = path.reduce((sum, name) => sum + nameBytes(name), 0);
  return names + (path.length - 1) * BRACES_BYTES + COMMA_BYTES;
}

/** Counts the digits of small integers, which most numbers are, without making a text. */
function numberBytes(value: number): number {
  if (!Number.isFinite(value)) return 'null'.length;
  if (value !== (value | 0) || value < 0) return String(value).length;
  let bytes = 1;
  for (let bound = 10; bound <= value; bound *= 10) bytes++;
  return bytes;
}
