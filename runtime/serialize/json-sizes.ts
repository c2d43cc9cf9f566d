import { jsonBytes } from './utf8.js';

export const BRACES_BYTES = 2;
export const QUOTES_BYTES = 2;
export const COMMA_BYTES = 1;

/** Braces, less the comma that the last member does not need. */
export const FRAME_BYTES = BRACES_BYTES - COMMA_BYTES;

/** Bytes of the JSON of any plain data. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Bytes of the JSON of a text, finite number, boolean or null. */
export function plainBytes(value: unknown): number {
  return typeof value === 'string' ? jsonBytes(value) + QUOTES_BYTES : String(value).length;
}

/** Bytes around a value that is nested under these names: names, braces and a comma. */
export function pathBytes(path: readonly string[]): number {
  return sum(path.map(nameBytes)) + (path.length - 1) * BRACES_BYTES + COMMA_BYTES;
}

function nameBytes(name: string): number {
  return jsonBytes(name) + QUOTES_BYTES + ':'.length;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
