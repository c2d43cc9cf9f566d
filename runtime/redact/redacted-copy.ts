import { types } from 'node:util';
import { plainError } from '../serialize/error.js';
import { guarded, isError, readable } from '../serialize/guard.js';
import { lineName } from '../serialize/line.js';
import type { Fields } from '../log-record.js';
import { CENSOR } from './censor.js';
import type { Mask } from './mask.js';

/** What is hidden: fields of some names, and parts of any text. */
export interface Rules {
  readonly isSensitive: (name: string) => boolean;
  /** The name of a field as it may be shown: names can hold secrets, too. */
  readonly shownName: (name: string) => string;
  readonly mask: Mask;
}

/** Levels of nesting that are copied. */
const MAX_DEPTH = 100;

/**
 * No log event of 1 MiB has room for more, at two bytes each: the guard against a few objects that unfold into ever
 * more, which would keep the application waiting.
 */
const MAX_VALUES = 524_288;

/** Below this, a number has too few digits to be anything. */
const MIN_TELLING_NUMBER = 1e12;

type Members = Record<string, unknown>;

/**
 * Copies what one record holds as JSON would see it, without what the rules hide. Each value is read once, so that what was
 * looked at is what goes on; nothing of the application's own is in the copy. A value that cannot be read
 * costs itself.
 */
export class RedactedCopy {
  readonly #rules: Rules;
  readonly #within = new Set<object>();
  readonly #hiddenNames = new Map<string, string>();
  #values = 0;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** Adds fields as the line has them: errors as plain members, names that the line owns with an underscore. */
  addFields(line: Members, fields: Fields): void {
    const keys = guarded(() => Object.keys(fields), []);
    this.#addMembers(line, keys, (key) => {
      const value = readable(() => fields[key]);
      return isError(value)
        ? { name: key === 'err' ? 'error' : lineName(key), value: plainError(value) }
        : { name: lineName(key), value };
    });
  }

  /** @throws RangeError if there are too many values to look at. */
  valueOf(name: string, value: unknown): unknown {
    if (++this.#values > MAX_VALUES) throw new RangeError(`more than ${MAX_VALUES} values in one record`);
    if (this.#rules.isSensitive(name)) return isJson(value) ? CENSOR : undefined;
    return this.#copyOf(value, name);
  }

  #copyOf(value: unknown, name: string): unknown {
    if (typeof value === 'string') return this.#rules.mask(value, name);
    if (typeof value === 'number' || typeof value === 'bigint') return this.#number(value, name);
    if (typeof value === 'object' && value !== null) return this.#object(value, name);
    return isJson(value) ? value : undefined;
  }

  #number(value: number | bigint, name: string): unknown {
    if (value < MIN_TELLING_NUMBER) return value;
    const digits = String(value);
    return this.#rules.mask(digits, name) === digits ? value : CENSOR;
  }

  #object(value: object, name: string): unknown {
    if (this.#within.has(value)) return '[circular]';
    if (this.#within.size >= MAX_DEPTH) return '[nested too deeply]';
    this.#within.add(value);
    const plain = readable(() => jsonView(value, name));
    const isObject = typeof plain === 'object' && plain !== null;
    const copy = isObject ? this.#members(plain, name) : this.#copyOf(plain, name);
    this.#within.delete(value);
    return copy;
  }

  #members(value: object, name: string): unknown {
    if (guarded(() => Array.isArray(value), false)) return this.#elements(value as unknown[], name);
    const keys = readable(() => Object.keys(value));
    if (!Array.isArray(keys)) return this.#copyOf(keys, name);
    const copy = Object.create(null) as Members;
    this.#addMembers(copy, keys as string[], (key) => ({
      name: key,
      value: readable(() => value[key as keyof typeof value]),
    }));
    return copy;
  }

  #elements(array: readonly unknown[], name: string): unknown[] {
    const copy: unknown[] = [];
    const length = guarded(() => array.length, 0);
    for (let index = 0; index < length; index++) {
      copy.push(
        this.valueOf(
          name,
          readable(() => array[index]),
        ),
      );
    }
    return copy;
  }

  #addMembers(
    copy: Members,
    keys: readonly string[],
    read: (key: string) => { readonly name: string; readonly value: unknown },
  ): void {
    for (const key of keys) {
      const { name, value } = read(key);
      if (typeof value !== 'function') copy[this.#shownName(name)] = this.valueOf(name, value);
    }
  }

  /** Names that are hidden are numbered, so that none of a record replaces another. */
  #shownName(name: string): string {
    const shown = this.#rules.shownName(name);
    if (shown === name) return name;
    const known = this.#hiddenNames.get(name);
    if (known !== undefined) return known;
    const number = this.#hiddenNames.size + 1;
    const numbered = number === 1 ? shown : `${shown} ${number}`;
    this.#hiddenNames.set(name, numbered);
    return numbered;
  }
}

function isJson(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}

/** What JSON.stringify looks at in place of the object. */
function jsonView(object: object, name: string): unknown {
  const { toJSON } = object as { toJSON?: unknown };
  const view: unknown = typeof toJSON === 'function' ? toJSON.call(object, name) : object;
  if (types.isStringObject(view)) return String(view);
  if (types.isNumberObject(view)) return Number(view);
  return types.isBooleanObject(view) || types.isBigIntObject(view) ? view.valueOf() : view;
}
