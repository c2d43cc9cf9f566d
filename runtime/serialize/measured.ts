import { MAX_DEPTH, TOO_DEEP } from './reading.js';
import { BRACES_BYTES, COMMA_BYTES, nameBytes, plainBytes, QUOTES_BYTES } from './json-sizes.js';

const TOO_DEEP_BYTES = TOO_DEEP.length + QUOTES_BYTES;

/** Smaller containers are measured again when needed, because remembering all of them takes longer. */
const WORTH_KEEPING_BYTES = 128;

/** A value that was taken out of its container. */
export interface Taken {
  readonly value: unknown;
  readonly inner: Measured | undefined;
  readonly bytes: number;
}

/** An array or object of a plain tree, with the bytes that each of its members takes as JSON. */
export class Measured {
  /** Names of an object's members; `undefined` of an array. */
  readonly names: string[] | undefined;
  readonly values: unknown[];
  /** Bytes of each member: name, colon, value and comma. */
  readonly sizes: number[] = [];
  bytes = BRACES_BYTES;
  readonly #container: object;
  readonly #depth: number;
  #kept: Map<unknown, Measured> | undefined;
  #isDeep = false;
  #isWhole = true;

  constructor(container: object, depth = 0) {
    this.#container = container;
    this.#depth = depth;
    this.names = Array.isArray(container) ? undefined : Object.keys(container);
    this.values = Array.isArray(container) ? container : valuesOf(container, this.names!);
    this.#measure();
  }

  /** The container itself, if nothing was taken out of it or has to be. */
  get whole(): object | undefined {
    return this.#isWhole && !this.#isDeep ? this.#container : undefined;
  }

  /** A member that is a container; `undefined` for other values, and for one that is nested too deeply. */
  inner(index: number): Measured | undefined {
    const value = this.values[index];
    if (!isContainer(value) || this.#isFull) return undefined;
    return this.#kept?.get(value) ?? this.#keep(value, new Measured(value, this.#depth + 1));
  }

  /** The array or object of this name. */
  innerOf(name: string): Measured | undefined {
    return this.inner(this.names?.indexOf(name) ?? -1);
  }

  /** Whether a member can be written as it is. */
  isWhole(index: number): boolean {
    const kept = this.#kept?.get(this.values[index]);
    return kept ? kept.whole !== undefined : !this.isDeep(index);
  }

  /** Whether a member holds something that is nested too deeply. */
  isDeep(index: number): boolean {
    const value = this.values[index];
    return isContainer(value) && (this.#isFull || this.#kept?.get(value)?.isDeepWithin === true);
  }

  /** Whether the container holds something that is nested too deeply. */
  get isDeepWithin(): boolean {
    return this.#isDeep;
  }

  /** Bytes of a member without its value. */
  overhead(index: number): number {
    return this.names ? nameBytes(this.names[index]!) + COMMA_BYTES : COMMA_BYTES;
  }

  /** Removes the value at a path through objects and returns it. An object that becomes empty is removed, too. */
  take([name = '', ...deeper]: readonly string[]): Taken | undefined {
    const index = this.names?.indexOf(name) ?? -1;
    if (index < 0) return undefined;
    if (deeper.length === 0) return this.#remove(index);
    const inner = this.inner(index);
    const taken = inner?.take(deeper);
    if (inner && taken) this.#resize(index, inner);
    return taken;
  }

  /** Whether containers in this one are nested too deeply. */
  get #isFull(): boolean {
    return this.#depth >= MAX_DEPTH;
  }

  #measure(): void {
    for (let index = 0; index < this.values.length; index++) {
      const size = this.overhead(index) + this.#bytesOf(this.values[index]);
      this.sizes.push(size);
      this.bytes += size;
    }
    if (this.sizes.length > 0) this.bytes -= COMMA_BYTES;
  }

  #bytesOf(value: unknown): number {
    if (!isContainer(value)) return plainBytes(value);
    if (this.#isFull) return this.#cutOff();
    const inner = new Measured(value, this.#depth + 1);
    if (inner.#isDeep) this.#isDeep = true;
    if (inner.#isDeep || inner.bytes > WORTH_KEEPING_BYTES) this.#keep(value, inner);
    return inner.bytes;
  }

  #cutOff(): number {
    this.#isDeep = true;
    return TOO_DEEP_BYTES;
  }

  #keep(value: object, inner: Measured): Measured {
    this.#kept ??= new Map();
    this.#kept.set(value, inner);
    return inner;
  }

  #remove(index: number): Taken {
    const size = this.sizes[index]!;
    const taken = { value: this.values[index], inner: this.inner(index), bytes: size - this.overhead(index) };
    for (const each of [this.names, this.values, this.sizes]) each?.splice(index, 1);
    this.bytes = this.sizes.length === 0 ? BRACES_BYTES : this.bytes - size;
    this.#isWhole = false;
    return taken;
  }

  #resize(index: number, inner: Measured): void {
    const size = this.overhead(index) + inner.bytes;
    this.bytes += size - this.sizes[index]!;
    this.sizes[index] = size;
    this.#isWhole = false;
    if (inner.sizes.length === 0) this.#remove(index);
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Faster than Object.values for many members. */
function valuesOf(container: object, names: readonly string[]): unknown[] {
  return names.map((name) => (container as Record<string, unknown>)[name]);
}
