import type { Fields } from '../log-record.js';
import { needStack } from '../io/stack.js';
import { CENSOR } from './censor.js';
import { Budget, MORE } from './budget.js';
import { guarded, unreadable } from './guard.js';
import { hideCredentials } from './hidden-headers.js';
import { holdsName, holdsValue, isSecretName } from './secret-pairs.js';
import { maskUrlCredentials } from './url-credentials.js';
import { namedViewOf, setMember, View, viewOf, type NamedView } from './view.js';

/** Rules of redaction: which names are sensitive, and what to hide in any text. */
export interface Rules {
  readonly isSensitive: (name: string) => boolean;
  /** Returns a field's name without secrets, which names can hold, too. */
  readonly shownName: (name: string) => string;
  /** Returns a text without secrets. `name` is the name of the field that holds it. */
  readonly mask: (text: string, name: string) => string;
}

/** Without redaction, only the credentials of URLs are hidden. */
export const PLAIN_RULES: Rules = {
  isSensitive: () => false,
  shownName: maskUrlCredentials,
  mask: maskUrlCredentials,
};

/** The most levels of nesting in a line. */
export const MAX_DEPTH = 100;

/** How many levels of nesting fit into the stack that is asked for at a time. */
const LEVELS_OF_STACK = 8;

/** Replaces a value that is nested deeper. */
export const TOO_DEEP = '[nested too deeply]';

/** A smaller number has too few digits to be a card number. */
export const MIN_TELLING_NUMBER = 1e12;

/** Returned for a value that has no room. */
export const CUT = Symbol('cut');

/** Upper bounds: a number, a word or brackets with the punctuation around them; a unit as an escape. */
const BYTES_OF_VALUE = 32;
const BYTES_OF_UNIT = 6;
const CHARACTERS_OF_VALUE = 4;

/** Costs of values: see {@link Budget.takeValue}. */
const ITEM_COST = 1;
const MEMBER_COST = 2;
const OBJECT_COST = 1;

/** An object with more members costs twice: the engine makes a dictionary of it. */
const MANY_MEMBERS = 1_024;

export type Members = Record<string, unknown>;

/**
 * Reads the values of one record into plain data: texts, finite numbers, booleans, `null`, arrays and plain objects, which
 * JSON.stringify writes as they are. Line, redaction, snapshots and size limits all see a record through it.
 *
 * It reads each value once, so that the value that was checked is the one that is written, and the result shares no object with the
 * application. A mark replaces a value that cannot be read, is inside itself, is nested too deeply, was written often enough, or
 * exceeds the budget. Never throws, unless the rules do.
 */
export class Reading {
  readonly #rules: Rules;
  readonly #budget: Budget;
  /** Objects that are being read, from the outermost one; and all that have been read. */
  readonly #within: object[] = [];
  readonly #done = new Set<object>();
  /** The object that was given as fields and is being read. */
  #fields: object | undefined;
  #hiddenNames: Map<string, string> | undefined;

  /** @param maxUnits the most UTF-16 units of texts and names */
  constructor(rules: Rules = PLAIN_RULES, maxUnits?: number) {
    this.#rules = rules;
    this.#budget = new Budget(maxUnits);
  }

  /** Reads a field of the line, or its message; {@link CUT} if it has no room. */
  field(name: string, value: unknown): unknown {
    this.#budget.beginField();
    return this.#value(value, name);
  }

  /** The members of an object that was given as fields. An object without members is the member `value`. */
  members(fields: Fields): NamedView {
    const view = namedViewOf(fields);
    this.#fields = View.isNamed(view) ? fields : undefined;
    return View.isNamed(view) ? view : View.ofMembers([['value', View.is(view) ? fields : view]]);
  }

  /** The name of a field, without secrets. */
  fieldName(name: string): string {
    this.#budget.beginField();
    return this.#name(name);
  }

  /** Numbers the names that become the same by hiding, so that none replaces another. */
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

  /** An upper bound for the bytes of all that was read, in a line. */
  get mostBytes(): number {
    const { values, units } = this.#budget.taken;
    return values * BYTES_OF_VALUE + units * BYTES_OF_UNIT;
  }

  /** About the number of characters of all that was read, in a line. */
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
    if (this.#within.length % LEVELS_OF_STACK === LEVELS_OF_STACK - 1) needStack('aRecord');
    if (!this.#done.has(object)) return this.#contents(object, name);
    return this.#budget.mayRepeat ? this.#budget.repeating(() => this.#contents(object, name)) : '[repeated]';
  }

  #contents(object: object, name: string): unknown {
    this.#within.push(object);
    try {
      const view = this.#viewOf(object, name);
      if (View.isNamed(view)) return this.#named(view);
      return View.is(view) ? this.#listed(view, name) : this.#value(view ?? null, name);
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

  #named(view: NamedView): Members {
    const { names, count } = view;
    const cost = count > MANY_MEMBERS ? 2 * MEMBER_COST : MEMBER_COST;
    // @pinojs/redact copies members by assignment. Without a prototype, that works for a member called `__proto__`, too.
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
    return this.withoutSecrets(members);
  }

  #listed(view: View, name: string): unknown[] {
    const items: unknown[] = [];
    let before: unknown;
    for (let index = 0; index < view.length; index++) {
      const value = view.at(index) ?? null;
      // In `['cookie', '…']` and in `rawHeaders`, the item before a value is its name.
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

  /**
   * Hides credentials in headers, and the value in a pair such as `{ name: 'cookie', value: 'x' }`, if the name is sensitive. Changes
   * the members.
   */
  withoutSecrets(members: Members): Members {
    hideCredentials(members);
    if (this.#rules === PLAIN_RULES) return members;
    const names = Object.keys(members);
    const isSecret = names.some((name) => holdsName(name) && this.#isSecretPair(members[name]));
    if (isSecret) for (const name of names) if (holdsValue(name)) members[name] = CENSOR;
    return members;
  }

  /** Whether this could be the name in a pair, and is sensitive. */
  #isSecretPair(name: unknown): boolean {
    return isSecretName(name, this.#rules.isSensitive);
  }
}

/** A cut goes back at most this many units to the end of a word. */
const LOOK_BACK = 512;

/** The beginning of a text, cut between words: no pattern would recognize half of a secret. */
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
