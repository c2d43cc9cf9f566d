import { types } from 'node:util';
import { heard } from '../io/quietly.js';
import { MAX_VALUES, MORE } from './budget.js';
import { blobText, bytesText } from './bytes.js';
import { CENSOR } from './censor.js';
import { membersOfError, type Member } from './error.js';
import type { Fields } from '../log-record.js';
import { guarded, isError, readable, unreadable } from './guard.js';
import { isCredential } from './http-headers.js';
import { axiosShape, httpShape } from './http-shapes.js';

/** A view of an object, by the names of its members. */
export type NamedView = View & { readonly names: readonly string[] };

/** The members of an object, or the items of a list, each read when it is asked for. */
export class View {
  // `is` tests for this private member, which does not ask a proxy for its prototype.
  readonly #owner: Readonly<Record<string | number, unknown>>;
  readonly #isByName: boolean;
  /** Names of the members; `undefined` for a list. */
  readonly names: readonly string[] | undefined;
  readonly length: number;
  /** The number of all values, if these are only the first of them. */
  readonly count: number;

  private constructor(
    owner: object,
    isByName: boolean,
    names: readonly string[] | undefined,
    length: number,
    count = length,
  ) {
    this.#owner = owner as Fields;
    this.#isByName = isByName;
    this.names = names;
    this.length = length;
    this.count = count;
  }

  static is(value: unknown): value is View {
    return typeof value === 'object' && value !== null && #owner in value;
  }

  static isNamed(value: unknown): value is NamedView {
    return View.is(value) && value.names !== undefined;
  }

  static of(object: object, names: readonly string[] = Object.keys(object)): NamedView {
    return new View(object, true, names, names.length) as NamedView;
  }

  static ofMembers(members: readonly Member[], count?: number): NamedView {
    const names = members.map(([name]) => name);
    const values = members.map(([, value]) => value);
    return new View(values, false, names, names.length, count) as NamedView;
  }

  static ofList(values: readonly unknown[], count?: number): View {
    return new View(values, false, undefined, values.length, count);
  }

  /** A value, or a mark if it cannot be read. */
  at(index: number): unknown {
    try {
      return this.#isByName ? this.#owner[this.names![index]!] : this.#owner[index];
    } catch (error) {
      return unreadable(error);
    }
  }
}

/**
 * The view that a line has of an object: members, items, a primitive value, or another object to view. Only this module knows kinds
 * of objects; the table in `docs/logger.md` lists them.
 *
 * @param name of the member that holds the object; its `toJSON` gets it
 * @throws anything that a getter, a proxy or a `toJSON` throws
 */
export function viewOf(object: object, name: string): unknown {
  if (Array.isArray(object)) return ownView(object, name, viewOfArray);
  return isPlain(object) ? ownView(object, name, viewOfPlain) : viewOfInstance(object, name);
}

/** The most results of `toJSON` that are followed from one instance to the next. */
const MAX_STEPS = 8;

/** The members of an object, or of the one that its `toJSON` returns; without members, its view. Never throws. */
export function namedViewOf(object: object): unknown {
  let view: unknown = object;
  for (let step = 0; step < MAX_STEPS && isUnseen(view); step++) {
    const current = view;
    view = readable(() => viewOf(current, ''));
  }
  return view;
}

function isUnseen(view: unknown): view is object {
  return typeof view === 'object' && view !== null && !View.is(view);
}

/** Copies the members of an object, each read once, as many as a line can have; `undefined` if it has none. Never throws. */
export function membersOf(object: object): Fields | undefined {
  const view = namedViewOf(object);
  if (!View.isNamed(view)) return undefined;
  const members: Record<string, unknown> = {};
  const length = Math.min(view.length, MAX_VALUES);
  for (let index = 0; index < length; index++) setMember(members, view.names[index]!, view.at(index));
  if (view.count > MAX_VALUES) members[MORE] = `[cut: ${view.count - MAX_VALUES} more members]`;
  return members;
}

/** As {@link membersOf}, with a mark in place of members that cannot be read. */
export function copyOf(object: object): Fields {
  return membersOf(object) ?? { value: '[unreadable]' };
}

/** Sets a member, which may be called `__proto__`. */
export function setMember(members: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') members[name] = value;
  else Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Whether an object is made by a literal or has no prototype. */
export function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}

function viewOfPlain(object: object): unknown {
  return membersOrMark(object, View.of(axiosShape(object) ?? object));
}

function viewOfInstance(object: object, name: string): unknown {
  if (isError(object)) return View.ofMembers(membersOfError(object));
  if (!hasOwnView(object)) {
    const special = viewByTag(object);
    if (special !== undefined) return special;
  }
  const error = errorBehind(object);
  if (error) return View.ofMembers(membersOfError(error));
  const shape = httpShape(object);
  return shape ? View.of(shape) : ownView(object, name, membersOrClass);
}

/** Whether an object has a `toJSON` of its own; those of dates and buffers say no more than the views here. */
function hasOwnView(object: object): boolean {
  const { toJSON } = object as { readonly toJSON?: unknown };
  return (
    typeof toJSON === 'function' && toJSON !== Date.prototype.toJSON && toJSON !== Buffer.prototype.toJSON
  );
}

/** The error behind the result of pino's serializer, which lacks its causes: a getter `raw` of the prototype returns it. */
export function errorBehind(object: object): Error | undefined {
  const { raw } = object as { readonly raw?: unknown };
  return isError(raw) && !Object.hasOwn(object, 'raw') ? raw : undefined;
}

/** The result of an object's `toJSON`; without one, its view. */
function ownView<Kind extends object>(object: Kind, name: string, view: (object: Kind) => unknown): unknown {
  const { toJSON } = object as { readonly toJSON?: unknown };
  const json: unknown = typeof toJSON === 'function' ? heard(toJSON.call(object, name)) : object;
  return json === object ? view(object) : json;
}

/** The own members of an instance. An instance without any, and a handle, is shown as its class. */
function membersOrClass(object: object): unknown {
  const name = className(object);
  return name !== 'Object' && isHandle(object) ? `[${name}]` : membersOrMark(object, View.of(object));
}

/** An ErrorEvent has no own members, and a getter for its error. */
function membersOrMark(object: object, members: NamedView): unknown {
  if (members.count > 0 || isEmpty(object)) return members;
  const { error } = object as { readonly error?: unknown };
  const type = className(object);
  return isError(error) ? View.ofMembers(Object.entries({ type, error })) : `[${type}]`;
}

/** Whether an object has nothing at all: no symbols, no hidden members, and nothing inherited. */
export function isEmpty(object: object): boolean {
  if (Reflect.ownKeys(object).length > 0) return false;
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function className(object: object): string {
  const name = guarded(() => object.constructor?.name as unknown, undefined);
  return typeof name === 'string' && name !== '' && name !== 'Object' ? name : tagOf(object);
}

function tagOf(object: object): string {
  return Object.prototype.toString.call(object).slice('[object '.length, -1);
}

/** Streams, servers, agents and timers: their members are internal to Node.js, private keys among them. */
function isHandle(object: object): boolean {
  const can = (...names: readonly string[]): boolean =>
    names.every((name) => typeof (object as Record<string, unknown>)[name] === 'function');
  return can('on', 'pipe') || can('on', 'address') || can('on', 'createConnection') || can('ref', 'hasRef');
}

/** Shorter arrays are written with their holes. */
const MAX_UNPROBED = 4_096;
const PROBES = 64;

/** An array that is mostly holes is shown as an object, with its length. */
function viewOfArray(array: readonly unknown[]): unknown {
  if (!isSparse(array)) return View.ofList(array);
  const names = ['length', ...Object.keys(array)];
  return View.of(array, names);
}

function isSparse(array: readonly unknown[]): boolean {
  if (array.length <= MAX_UNPROBED) return false;
  const step = Math.floor(array.length / PROBES);
  const missing = Array.from({ length: PROBES }, (_, probe) => probe * step).filter(
    (index) => !(index in array),
  );
  return missing.length > PROBES / 2;
}

/** Views an object by the kind that `Object.prototype.toString` names. `undefined` if it only claims to be of that kind. */
function viewByTag(object: object): unknown {
  const tag = tagOf(object);
  switch (tag) {
    case 'Map':
      return types.isMap(object) ? viewOfMap(object) : undefined;
    case 'Set':
      return types.isSet(object) ? View.ofList(firstOf(object), object.size) : undefined;
    case 'Date':
      return types.isDate(object) && Number.isNaN(object.getTime()) ? '[invalid Date]' : undefined;
    case 'RegExp':
      return types.isRegExp(object) ? String(object) : undefined;
    case 'Promise':
      return '[Promise]';
    case 'Headers':
    case 'FormData':
    case 'URLSearchParams':
      return viewOfPairs(object, tag);
    case 'Blob':
    case 'File':
      return blobText(object, tag);
    default:
      return types.isBoxedPrimitive(object) ? object.valueOf() : bytesText(object);
  }
}

/** A map whose keys are texts is shown as an object, any other one as a list of pairs. */
function viewOfMap(map: ReadonlyMap<unknown, unknown>): unknown {
  if (map.size === 0) return '[empty Map]';
  const pairs = firstOf(map);
  return pairs.every((pair): pair is [string, unknown] => typeof pair[0] === 'string')
    ? View.ofMembers(pairs, map.size)
    : View.ofList(pairs, map.size);
}

/** A name that occurs several times has a list of its values. Headers of fetch are known as such under any name. */
function viewOfPairs(object: Partial<URLSearchParams>, tag: string): unknown {
  if (typeof object.entries !== 'function') return undefined;
  const byName = new Map<string, unknown[]>();
  for (const [name, value] of firstOf(object.entries())) {
    const values = byName.get(name);
    if (values) values.push(value);
    else byName.set(name, [value]);
  }
  if (byName.size === 0) return `[empty ${tag}]`;
  const isHidden = (name: string): boolean => tag === 'Headers' && isCredential(name);
  return View.ofMembers(
    [...byName].map(([name, values]) => {
      if (isHidden(name)) return [name, CENSOR];
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/** The first values, as many as a line can have. */
function firstOf<Value>(values: Iterable<Value>): Value[] {
  const first: Value[] = [];
  for (const value of values) {
    if (first.length === MAX_VALUES) break;
    first.push(value);
  }
  return first;
}
