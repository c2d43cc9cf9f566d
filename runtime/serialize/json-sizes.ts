import { jsonBytes } from './utf8.js';

/** Levels of nesting that are followed. */
const MAX_DEPTH = 100;

/** Stands for what is nested deeper. */
export const TOO_DEEP = '[nested too deeply]';

/** Smaller containers are measured again where their size is needed, in less time than it takes to remember it. */
const WORTH_KEEPING_BYTES = 128;

export const QUOTES_BYTES = 2;
export const BRACES_BYTES = 2;
export const COMMA_BYTES = 1;
const NAME_BYTES = QUOTES_BYTES + ':'.length;

/** Bytes that the values of a plain tree take as JSON. Each is looked at once, and large containers are remembered. */
export class JsonSizes {
  readonly #known = new Map<object, number>();
  readonly #deep = new Set<object>();

  of(value: unknown, depth: number): number {
    if (typeof value === 'string') return jsonBytes(value) + QUOTES_BYTES;
    if (typeof value === 'number') return numberBytes(value);
    if (typeof value !== 'object' || value === null) return String(value).length;
    return this.#known.get(value) ?? this.#measure(value, depth);
  }

  /** Whether a measured container cannot stand as it is, because of what is nested too deeply in it. */
  isDeep(container: object): boolean {
    return this.#deep.has(container);
  }

  #measure(container: object, depth: number): number {
    const deepBefore = this.#deep.size;
    const bytes = this.#container(container, depth);
    if (this.#deep.size > deepBefore) this.#deep.add(container);
    if (bytes > WORTH_KEEPING_BYTES) this.#known.set(container, bytes);
    return bytes;
  }

  #container(container: object, depth: number): number {
    if (isTooDeep(depth)) {
      this.#deep.add(container);
      return TOO_DEEP.length + QUOTES_BYTES;
    }
    return Array.isArray(container) ? this.#array(container, depth) : this.#object(container, depth);
  }

  #array(items: readonly unknown[], depth: number): number {
    let bytes = BRACES_BYTES;
    for (const item of items) bytes += this.of(item, depth + 1) + COMMA_BYTES;
    return items.length > 0 ? bytes - COMMA_BYTES : bytes;
  }

  #object(object: object, depth: number): number {
    let bytes = BRACES_BYTES;
    const names = Object.keys(object);
    for (const name of names) {
      const value = (object as Record<string, unknown>)[name];
      bytes += nameBytes(name) + this.of(value, depth + 1) + COMMA_BYTES;
    }
    return names.length > 0 ? bytes - COMMA_BYTES : bytes;
  }
}

export function isTooDeep(depth: number): boolean {
  return depth >= MAX_DEPTH;
}

/** Bytes of a member's name, with the colon. */
export function nameBytes(name: string): number {
  return jsonBytes(name) + NAME_BYTES;
}

/** Numbers are often many, and most are small and whole. */
function numberBytes(value: number): number {
  if (!Number.isFinite(value)) return 'null'.length;
  if (value !== (value | 0) || value < 0) return String(value).length;
  let bytes = 1;
  for (let bound = 10; bound <= value; bound *= 10) bytes++;
  return bytes;
}
