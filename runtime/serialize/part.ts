import { bytesOf, COMMA_BYTES, FRAME_BYTES, pathBytes } from './json-sizes.js';

const NO_NAMES: readonly string[] = [];

/** A part of a line: a value with the names that lead to it, and the bytes that it takes as JSON. */
export class Part {
  readonly path: readonly string[];
  readonly value: unknown;
  /** The members of an object, or the items of a list. */
  readonly members: readonly Part[] | undefined;
  /** Bytes of names and braces around the value, and of a comma. */
  readonly overhead: number;
  /** Bytes of the value with its overhead. */
  readonly size: number;

  /** @param path empty for an item of a list */
  constructor(value: unknown, path = NO_NAMES) {
    this.value = value;
    this.path = path;
    this.members = membersOf(value);
    this.overhead = path.length === 0 ? COMMA_BYTES : pathBytes(path);
    this.size = this.overhead + (this.members ? containerBytes(this.members) : bytesOf(value));
  }
}

function membersOf(value: unknown): Part[] | undefined {
  if (Array.isArray(value)) return value.map((item) => new Part(item));
  return isObject(value) ? Object.keys(value).map((name) => new Part(value[name], [name])) : undefined;
}

function containerBytes(members: readonly Part[]): number {
  return FRAME_BYTES + (members.length === 0 ? COMMA_BYTES : sizeOf(members));
}

/** Bytes of all parts together. */
export function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}

/** Whether a value of plain data is an object, and no list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
