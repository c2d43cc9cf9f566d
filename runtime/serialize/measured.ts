import { BRACES_BYTES, COMMA_BYTES, isTooDeep, JsonSizes, nameBytes } from './json-sizes.js';

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
  readonly #sizes: JsonSizes;
  readonly #depth: number;
  readonly #inner = new Map<unknown, Measured>();
  #isWhole: boolean;

  private constructor(container: object, sizes: JsonSizes, depth: number) {
    this.#container = container;
    this.#sizes = sizes;
    this.#depth = depth;
    this.names = Array.isArray(container) ? undefined : Object.keys(container);
    this.values = Array.isArray(container) ? container : Object.values(container);
    this.#measure();
    this.#isWhole = !this.values.some((_, index) => this.isDeep(index));
  }

  static of(tree: object): Measured {
    return new Measured(tree, new JsonSizes(), 0);
  }

  /** The container itself, if it can stand as it is. */
  get whole(): object | undefined {
    return this.#isWhole ? this.#container : undefined;
  }

  /** The container that a member is; `undefined` for other values, and for what is nested too deeply. */
  inner(index: number): Measured | undefined {
    const value = this.values[index];
    if (!isContainer(value) || isTooDeep(this.#depth + 1)) return undefined;
    const known = this.#inner.get(value);
    if (known) return known;
    const inner = new Measured(value, this.#sizes, this.#depth + 1);
    this.#inner.set(value, inner);
    return inner;
  }

  /** Whether a member, a container or not, can stand as it is. */
  isWhole(index: number): boolean {
    const value = this.values[index];
    const inner = this.#inner.get(value);
    return inner ? inner.#isWhole : !this.isDeep(index);
  }

  /** Whether something in a member is nested too deeply. */
  isDeep(index: number): boolean {
    const value = this.values[index];
    return isContainer(value) && this.#sizes.isDeep(value);
  }

  /** The object or array of this name. */
  innerOf(name: string): Measured | undefined {
    return this.inner(this.names?.indexOf(name) ?? -1);
  }

  /** Bytes that a member takes besides its value. */
  overhead(index: number): number {
    return this.names ? nameBytes(this.names[index]!) + COMMA_BYTES : COMMA_BYTES;
  }

  /** Takes out what a path leads to, through objects. An object that is emptied leaves with it. */
  take([name = '', ...deeper]: readonly string[]): Taken | undefined {
    const index = this.names?.indexOf(name) ?? -1;
    if (index < 0) return undefined;
    if (deeper.length === 0) return this.#remove(index);
    const inner = this.inner(index);
    const taken = inner?.take(deeper);
    if (inner && taken) this.#resize(index, inner);
    return taken;
  }

  #measure(): void {
    for (let index = 0; index < this.values.length; index++) {
      const size = this.overhead(index) + this.#sizes.of(this.values[index], this.#depth + 1);
      this.sizes.push(size);
      this.bytes += size;
    }
    if (this.sizes.length > 0) this.bytes -= COMMA_BYTES;
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

/** Bytes that a value takes which is nested under these names: names, braces and a comma. */
export function pathBytes(path: readonly string[]): number {
  const names = path.reduce((sum, name) => sum + nameBytes(name), 0);
  return names + (path.length - 1) * BRACES_BYTES + COMMA_BYTES;
}
