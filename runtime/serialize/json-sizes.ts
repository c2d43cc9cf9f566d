import { jsonBytes } from './utf8.js';

export const BRACES_BYTES = 2;
export const QUOTES_BYTES = 2;
export const COMMA_BYTES = 1;

/** Bytes of the JSON of a text, finite number, boolean or null. */
export function plainBytes(value: unknown): number {
  return typeof value === 'string' ? jsonBytes(value) + QUOTES_BYTES : String(value).length;
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
