import { bytesOf, COMMA_BYTES, FRAME_BYTES, pathBytes } from './json-sizes.js';

const NO_NAMES: readonly string[] = [];

/** A part of a line: a value with the names that lead to it, and the bytes that it takes as JSON. */
export interface Part {
  /** Empty for an item of a list. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** The members of an object, or the items of a list. */
  readonly members: readonly Part[] | undefined;
  /** Bytes of names and braces around the value, and of a comma. */
  readonly overhead: number;
  /** Bytes of the value with its overhead. */
  readonly size: number;
}

export function partOf(value: unknown, path = NO_NAMES): Part {
  const members = membersOf(value);
  const overhead = path.length === 0 ? COMMA_BYTES : pathBytes(path);
  return {
    path,
    value,
    members,
    overhead,
    size: overhead + (members ? containerBytes(members) : bytesOf(value)),
  };
}

function membersOf(value: unknown): Part[] | undefined {
  if (Array.isArray(value)) return value.map((item) => partOf(item));
  return isObject(value) ? Object.keys(value).map((name) => partOf(value[name], [name])) : undefined;
}

function containerBytes(members: readonly Part[]): number {
  return FRAME_BYTES + (members.length === 0 ? COMMA_BYTES : sizeOf(members));
}

/** Bytes of all parts together. */
export function sizeOf(parts: readonly Part[]): number {
  let bytes = 0;
  for (const { size } of parts) bytes += size;
  return bytes;
}

/** Whether a value of plain data is an object, and no list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
