export const BRACES_BYTES = 2;
export const QUOTES_BYTES = 2;
export const COMMA_BYTES = 1;

/** Braces, less the comma that the last member does not need. */
export const FRAME_BYTES = BRACES_BYTES - COMMA_BYTES;

/** A text that JSON writes as it is, with a byte for each character. */
const PLAIN_ASCII = /^[ !#-[\]-~]*$/;

/** Bytes of the JSON of plain data. */
export function bytesOf(value: unknown): number {
  if (typeof value === 'number') return String(value).length;
  const isPlain = typeof value === 'string' && PLAIN_ASCII.test(value);
  return isPlain ? value.length + QUOTES_BYTES : Buffer.byteLength(JSON.stringify(value));
}

/** Bytes around a value that is nested under these names: names, braces and a comma. */
export function pathBytes(path: readonly string[]): number {
  const names = sum(path.map((name) => bytesOf(name) + ':'.length));
  return names + (path.length - 1) * BRACES_BYTES + COMMA_BYTES;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
