import type { Fields } from '../log-record.js';
import { CENSOR } from './censor.js';
import { Budget, MORE } from './budget.js';
import { guarded, unreadable } from './guard.js';
import { maskUrlCredentials } from './url-credentials.js';
import { ListedValues, NamedValues, namedViewOf, setMember, viewOf } from './view.js';

/** What is hidden: fields of some names, and parts of any text. */
export interface Rules {
  readonly isSensitive: (name: string) => boolean;
  /** The name of a field as it may be shown: names can hold secrets, too. */
  readonly shownName: (name: string) => string;
  /** A text as it may be shown. `name` is that of the field that holds it. */
  readonly mask: (text: string, name: string) => string;
}

/** Without redaction, only the credentials of URLs are hidden. */
const PLAIN_RULES: Rules = {
  isSensitive: () => false,
  shownName: maskUrlCredentials,
  mask: maskUrlCredentials,
};

/** Levels of nesting that a line has. */
export const MAX_DEPTH = 100;

/** Stands for what is nested deeper. */
export const TOO_DEEP = '[nested too deeply]';

/** From here on a number has enough digits to be a secret. */
const MIN_TELLING_NUMBER = 1e12;

/** What stands in a list and could be the name of what follows it. */
const LIKE_A_NAME = /^\s*\S{1,64}\s*$/;

/** What the members of a pair are called. */
const NAMES_OF_NAMES = /^(?:name|key|field|header|k|id|0)$/i;
const NAMES_OF_VALUES = /^(?:values?|val|content|v|1)$/i;

/** Stands for a value that there was no room for. */
export const CUT = Symbol('cut');

/** A number, a word or brackets, with a comma; the quotes, colon and comma of a name or text; a unit as an escape. */
const BYTES_OF_VALUE = 32;
const BYTES_OF_UNIT = 6;
const CHARACTERS_OF_VALUE = 4;

/** What values cost of the room that there is. */
const ITEM_COST = 1;
const MEMBER_COST = 2;
const OBJECT_COST = 1;

/** Members from which an object is no record, but a dictionary. */
const MANY_MEMBERS = 1_024;

export type Members = Record<string, unknown>;

/**
 * Reads what one record holds into plain data: texts, finite numbers, booleans, `null`, arrays and plain objects, which
 * JSON.stringify writes as they are. Line, redaction, snapshot and size limits all see a record through it.
 *
 * Each value is read once, so that what was looked at is what goes on, and nothing of the application's own is in the
 * result. What has no place there leaves a mark: what cannot be read, is inside itself, is nested too deeply, was written
 * often enough, or is more than a line can hold. Never throws, unless the rules do.
 */
export class Reading {
  readonly #rules: Rules;
  readonly #budget: Budget;
  /** Objects that are being read, and those that have been. */
  readonly #within: object[] = [];
  readonly #done = new Set<object>();
  /** The object whose members are the fields that are being read. */
  #fields: object | undefined;
  #hiddenNames: Map<string, string> | undefined;

  /** @param maxUnits room for texts, in UTF-16 units */
  constructor(rules: Rules = PLAIN_RULES, maxUnits?: number) {
    this.#rules = rules;
    this.#budget = new Budget(maxUnits);
  }

  /** A field of the line, or its message; {@link CUT} if there is no room for it. */
  field(name: string, value: unknown): unknown {
    this.#budget.beginField();
    return this.#value(value, name);
  }

  /** The members of what was given as fields; what has none is the member `value`. */
  members(fields: Fields): NamedValues {
    const view = namedViewOf(fields);
    this.#fields = NamedValues.is(view) ? fields : undefined;
    if (NamedValues.is(view)) return view;
    return NamedValues.from([['value', ListedValues.is(view) ? fields : view]]);
  }

  /** The name of a field, as it may be shown. */
  fieldName(name: string): string {
    this.#budget.beginField();
    return this.#name(name);
  }

  /** Names that are hidden are numbered, so that none of a record replaces another. */
  #name(name: string): string {
    const units = this.#budget.takeUnits(name.length);
    const shown = this.#rules.shownName(units < name.length ? shortened(name, units) : name);
    if (shown === name) return name;
    const hidden = (this.#hiddenNames ??= new Map<string, string>());
    const known = hidden.get(name);
    if (known !== undefined) return known;
    const numbered = hidden.size === 0 ? shown : `${shown} ${hidden.size + 1}`;
    hidden.set(name, numbered);
    return numbered;
  }

  /** An upper bound of the bytes that what was read takes in a line. */
  get mostBytes(): number {
    const { values, units } = this.#budget.taken;
    return values * BYTES_OF_VALUE + units * BYTES_OF_UNIT;
  }

  /** About as many characters as what was read has in a line. */
  get characters(): number {
    const { values, units } = this.#budget.taken;
    return values * CHARACTERS_OF_VALUE + units;
  }

  #value(value: unknown, name: string, cost = ITEM_COST): unknown {
    const isObject = typeof value === 'object' && value !== null;
    if (!this.#budget.takeValue(isObject ? cost + OBJECT_COST : cost)) return CUT;
    if (this.#rules.isSensitive(name)) return CENSOR;
    switch (typeof value) {
      case 'string':
        return this.#text(value, name);
      case 'number':
        return Number.isFinite(value) ? this.#number(value, name) : String(value);
      case 'bigint':
        return this.#number(Number.isSafeInteger(Number(value)) ? Number(value) : String(value), name);
      case 'symbol':
        return this.#text(String(value), name);
      case 'function':
        return this.#text(functionText(value), name);
      case 'object':
        return isObject ? this.#object(value, name) : null;
      default:
        return value;
    }
  }

  #text(text: string, name: string): string {
    const units = this.#budget.takeUnits(text.length);
    return this.#rules.mask(units < text.length ? shortened(text, units) : text, name);
  }

  #number(value: number | string, name: string): unknown {
    if (typeof value === 'number' && value < MIN_TELLING_NUMBER) return value;
    const digits = String(value);
    return this.#rules.mask(digits, name) === digits ? value : CENSOR;
  }

  #object(object: object, name: string): unknown {
    if (this.#within.includes(object) || object === this.#fields) return '[circular]';
    if (this.#within.length >= MAX_DEPTH) return TOO_DEEP;
    if (!this.#done.has(object)) return this.#contents(object, name);
    return this.#budget.mayRepeat ? this.#budget.repeating(() => this.#contents(object, name)) : '[repeated]';
  }

  #contents(object: object, name: string): unknown {
    this.#within.push(object);
    try {
      const view = this.#viewOf(object, name);
      if (NamedValues.is(view)) return this.#named(view);
      if (ListedValues.is(view)) return this.#listed(view, name);
      return this.#value(view ?? null, name);
    } finally {
      this.#within.pop();
      this.#done.add(object);
    }
  }

  #viewOf(object: object, name: string): unknown {
    try {
      return viewOf(object, name);
    } catch (error) {
      return unreadable(error);
    }
  }

  #named(view: NamedValues): Members {
    const { names, count } = view;
    // The engine takes twice as long for the members of an object that has thousands of them.
    const cost = count > MANY_MEMBERS ? 2 * MEMBER_COST : MEMBER_COST;
    // The library that hides paths copies members by assignment, for which `__proto__` has to be a name like any other.
    const members = (this.#rules === PLAIN_RULES ? {} : Object.create(null)) as Members;
    for (let index = 0; index < names.length; index++) {
      const value = view.at(index);
      if (value === undefined) continue;
      const name = names[index]!;
      const shown = this.#name(name);
      const read = this.#value(value, name, cost);
      if (read === CUT) {
        members[MORE] = `[cut: ${count - index} more members]`;
        break;
      }
      setMember(members, shown, read);
    }
    return this.withoutSecretPair(members);
  }

  #listed(view: ListedValues, name: string): unknown[] {
    const items: unknown[] = [];
    let before: unknown;
    for (let index = 0; index < view.length; index++) {
      const value = view.at(index) ?? null;
      // Headers and arguments come as pairs, one by one or in a row.
      const isHidden = this.#isSecretPair(before);
      const item = isHidden ? CENSOR : this.#value(value, name);
      if (item === CUT) {
        items.push(`[cut: ${view.count - index} more items]`);
        break;
      }
      items.push(item);
      before = value;
    }
    return items;
  }

  /** Members that are a name and its value, such as `{ name: 'cookie', value: '…' }`, without a value that is to be hidden. */
  withoutSecretPair(members: Members): Members {
    if (this.#rules === PLAIN_RULES) return members;
    const names = Object.keys(members);
    const isSecret = names.some((name) => NAMES_OF_NAMES.test(name) && this.#isSecretPair(members[name]));
    if (isSecret) for (const name of names) if (NAMES_OF_VALUES.test(name)) members[name] = CENSOR;
    return members;
  }

  /** Whether this is the name in a pair of name and value, and the value is not to be shown. */
  #isSecretPair(name: unknown): boolean {
    return typeof name === 'string' && LIKE_A_NAME.test(name) && this.#rules.isSensitive(name);
  }
}

/** Units before the end of a text in which a place to cut is looked for. */
const LOOK_BACK = 512;

/** The beginning of a text, which ends between words: half of a secret would not be known for one. */
function shortened(text: string, units: number): string {
  const start = text.slice(0, units);
  const wordEnd = start.slice(-LOOK_BACK).search(/[\s"',;&][^\s"',;&]*$/);
  const kept = wordEnd < 0 ? start : start.slice(0, Math.max(0, start.length - LOOK_BACK) + wordEnd);
  return `${kept.toWellFormed()}…[cut: ${text.length - kept.length} characters]`;
}

function functionText(value: object): string {
  const name = guarded(() => (value as { readonly name?: unknown }).name, '');
  const source = guarded(() => Function.prototype.toString.call(value).slice(0, CLASS.length), '');
  const kind = source === CLASS ? 'class' : 'Function';
  return typeof name === 'string' && name !== '' ? `[${kind}: ${name}]` : `[${kind}]`;
}

const CLASS = 'class';
