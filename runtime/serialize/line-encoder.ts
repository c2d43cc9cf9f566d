import { escaped, type EncodedText } from '../batch/log-event.js';
import type { Fields, LogRecord } from '../log-record.js';
import { isError } from './guard.js';
import { isoTime, lineName } from './line.js';
import { mayHoldUrlCredentials } from './url-credentials.js';

/** The name of a member, with the comma before it and the colon behind it. */
interface Name extends EncodedText {
  /** Where no comma is before it. */
  readonly asFirst: string;
  /** Whether the line has another name for it, or the engine another place. */
  readonly isSpecial: boolean;
  readonly isSecret: boolean;
  /** The line in which it was used last. */
  line: number;
}

/** Fields that cannot change. */
interface Constant extends EncodedText {
  readonly names: readonly Name[];
}

/** Names that are remembered; a program that has more makes them from data. */
const MAX_NAMES = 2_048;

/** Levels of nesting that are followed. */
const MAX_DEPTH = 8;

/** What escaping changes, and the `@` behind the credentials of a URL. */
// oxlint-disable-next-line no-control-regex -- JSON escapes them
const UNSAFE = /["\\@\u0000-\u001f\ud800-\udfff]/;

/**
 * Encodes ordinary records in one pass, to the same bytes as `JSON.stringify` of the line and of that once more, in well
 * under half the time. What is not ordinary is left to these: errors, cycles, BigInt, `toJSON`, a name that occurs twice, a URL with
 * credentials.
 */
export class LineEncoder {
  readonly #names = new Map<string, Name>();
  readonly #constants = new WeakMap<Fields, Constant>();
  #line = 0;
  #text = '';
  #added = 0;
  #timeMs = NaN;
  #time = '';

  /** `undefined` if the line has to be made the long way. Never throws. */
  encode(record: LogRecord): EncodedText | undefined {
    try {
      return this.#record(record) ? { text: `${this.#text}}`, added: this.#added } : undefined;
    } catch {
      // A getter that throws, perhaps: the long way can deal with it.
      return undefined;
    }
  }

  #record({ timeMs, level, message, fields }: LogRecord): boolean {
    this.#line++;
    this.#text = `{\\"timestamp\\":\\"${this.#timeOf(timeMs)}\\",\\"level\\":\\"${level}\\",\\"message\\":`;
    this.#added = 10;
    if (!this.#value(message, 0)) return false;
    for (const each of fields) if (!this.#fieldsOf(each)) return false;
    return true;
  }

  /** Many lines have the same time. */
  #timeOf(timeMs: number): string {
    if (timeMs === this.#timeMs) return this.#time;
    this.#timeMs = timeMs;
    return (this.#time = isoTime(timeMs));
  }

  #fieldsOf(fields: Fields): boolean {
    const known = this.#constants.get(fields);
    if (known) return this.#constant(known);
    return isConstant(fields) ? this.#learnConstant(fields) : this.#members(fields);
  }

  #constant({ text, added, names }: Constant): boolean {
    this.#text += text;
    this.#added += added;
    for (const name of names) if (!this.#isFirst(name)) return false;
    return true;
  }

  #learnConstant(fields: Fields): boolean {
    const { length } = this.#text;
    const added = this.#added;
    if (!this.#members(fields)) return false;
    const names = Object.keys(fields).map((key) => this.#name(key));
    this.#constants.set(fields, { text: this.#text.slice(length), added: this.#added - added, names });
    return true;
  }

  #members(fields: Fields): boolean {
    for (const key of Object.keys(fields)) {
      const value = fields[key];
      // A function is no field at all; what is undefined still takes the place of an earlier field.
      if (typeof value === 'function') continue;
      const name = this.#name(key);
      if (!this.#isFirst(name)) return false;
      if (isJson(value) && !this.#member(name, name.text, value, 0)) return false;
    }
    return true;
  }

  #member({ added, isSecret }: Name, text: string, value: unknown, depth: number): boolean {
    if (isSecret) return false;
    this.#text += text;
    this.#added += added;
    return this.#value(value, depth);
  }

  /** Where a name occurs twice, the later value goes to the earlier place. */
  #isFirst(name: Name): boolean {
    if (name.isSpecial || name.line === this.#line) return false;
    name.line = this.#line;
    return true;
  }

  #name(key: string): Name {
    return this.#names.get(key) ?? this.#learnName(key);
  }

  #learnName(key: string): Name {
    const { text, added } = escaped(JSON.stringify(key));
    const name: Name = {
      text: `,${text}:`,
      asFirst: `${text}:`,
      added,
      isSpecial: lineName(key) !== key || /^\d/.test(key),
      isSecret: mayHoldUrlCredentials(key),
      line: 0,
    };
    if (this.#names.size < MAX_NAMES) this.#names.set(key, name);
    return name;
  }

  #value(value: unknown, depth: number): boolean {
    switch (typeof value) {
      case 'string':
        return this.#string(value);
      case 'number':
        this.#text += Number.isFinite(value) ? value : 'null';
        return true;
      case 'boolean':
        this.#text += value;
        return true;
      case 'object':
        return this.#object(value, depth);
      default:
        return false;
    }
  }

  #string(value: string): boolean {
    if (UNSAFE.test(value)) return this.#stringified(value);
    this.#text += `\\"${value}\\"`;
    this.#added += 2;
    return true;
  }

  #object(value: object | null, depth: number): boolean {
    if (value === null) {
      this.#text += 'null';
      return true;
    }
    if (hasOwnJson(value)) return false;
    if (depth < MAX_DEPTH && Array.isArray(value)) return this.#array(value, depth + 1);
    if (depth < MAX_DEPTH && isPlain(value)) return this.#nested(value, depth + 1);
    return !isError(value) && this.#stringified(value);
  }

  #array(values: readonly unknown[], depth: number): boolean {
    this.#text += '[';
    for (let index = 0; index < values.length; index++) {
      if (index > 0) this.#text += ',';
      const value = values[index];
      if (!this.#value(isJson(value) ? value : null, depth)) return false;
    }
    this.#text += ']';
    return true;
  }

  #nested(members: Fields, depth: number): boolean {
    this.#text += '{';
    let isFirst = true;
    for (const key of Object.keys(members)) {
      const value = members[key];
      if (!isJson(value)) continue;
      const name = this.#name(key);
      if (!this.#member(name, isFirst ? name.asFirst : name.text, value, depth)) return false;
      isFirst = false;
    }
    this.#text += '}';
    return true;
  }

  /** What the engine does best. */
  #stringified(value: unknown): boolean {
    const json = JSON.stringify(value);
    if (json === undefined || mayHoldUrlCredentials(json)) return false;
    const { text, added } = escaped(json);
    this.#text += text;
    this.#added += added;
    return true;
  }
}

function isJson(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}

/** Whether it says itself what it is in JSON, which may depend on where it stands. */
function hasOwnJson(value: object): boolean {
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON === 'function' && toJSON !== Date.prototype.toJSON;
}

function isPlain(value: object): value is Fields {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether nothing in it can ever change: neither what it has nor what that is. */
function isConstant(fields: Fields): boolean {
  return (
    Object.isFrozen(fields) &&
    Object.values(Object.getOwnPropertyDescriptors(fields)).every(
      (each) => 'value' in each && (typeof each.value !== 'object' || each.value === null),
    )
  );
}
