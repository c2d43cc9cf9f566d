import { needStack } from '../io/stack.js';
import type { Fields } from '../log-record.js';
import { guarded, isError, readable } from '../serialize/guard.js';
import { CUT, Reading, type Rules } from '../serialize/reading.js';
import { freeName } from '../serialize/names.js';
import { copyOf, setMember } from '../serialize/view.js';
import { givenFields, isFields } from './given-fields.js';
import { filledIn, sharesOf } from './placeholders.js';

/** The message and the fields of a log call, in whatever order they were given. */
export interface LogCall {
  readonly message: string;
  readonly fields: Fields | undefined;
}

/**
 * Reads the arguments of a log call: `(message, fields?)`, pino's `(fields, message?)`, errors and further fields in any place,
 * values for the placeholders of the message, and any other value. It loses none of them:
 *
 * - The first text is the message, and values behind it fill its placeholders.
 * - Of the other arguments, an error is the field `error`, objects are fields, and all else is appended to the message.
 * - Without a text, the message is that of a field `message`, else that of an error.
 *
 * @param rules of redaction, for values that become text
 */
export function readLogCall(args: readonly unknown[], rules?: Rules): LogCall {
  const [first, second] = args;
  // Nearly all calls have one of these forms.
  if (args.length === 1 && typeof first === 'string') return { message: first, fields: undefined };
  if (args.length === 2) {
    if (typeof first === 'string' && isFields(second) && !first.includes('%')) {
      return { message: first, fields: second };
    }
    if (typeof second === 'string' && isFields(first)) return { message: second, fields: first };
  }
  needStack('aRecord');
  try {
    return new CallReader(rules).read(args);
  } catch {
    // The rules of redaction threw, perhaps at a secret: no part of the call is shown.
    return { message: '[unreadable message]', fields: undefined };
  }
}

/** Reads values of which none is a template: texts are parts of the message as they stand. Otherwise as {@link readLogCall}. */
export function readValues(values: readonly unknown[], rules?: Rules): LogCall {
  needStack('aRecord');
  try {
    return new CallReader(rules).readValues(values);
  } catch {
    return { message: '[unreadable message]', fields: undefined };
  }
}

/** The text of a value in a message: of an error its name and message, of an object JSON, as a log line has it. */
export function textOf(value: unknown, rules?: Rules): string {
  return new CallReader(rules).textOf(value);
}

class CallReader {
  readonly #rules: Rules | undefined;
  #reading: Reading | undefined;
  readonly #texts: string[] = [];
  #fields: Fields | undefined;
  /** The fields, once they are copied into an object that may be changed. */
  #all: Record<string, unknown> | undefined;

  constructor(rules: Rules | undefined) {
    this.#rules = rules;
  }

  read(args: readonly unknown[]): LogCall {
    const at = args.findIndex((arg) => typeof arg === 'string');
    this.#takeAll(at < 0 ? args : args.slice(0, at));
    if (at >= 0) this.#takeMessage(args[at] as string, args.slice(at + 1));
    return this.#call(args);
  }

  readValues(values: readonly unknown[]): LogCall {
    this.#takeAll(values);
    return this.#call(values);
  }

  #call(args: readonly unknown[]): LogCall {
    // `logger.info(undefined)` logs that text rather than an empty line.
    if (this.#texts.length === 0 && !this.#fields) this.#texts.push(String(args[0]));
    if (this.#texts.length === 0) return this.#withoutText();
    return { message: this.#texts.join(' '), fields: this.#fields };
  }

  /** Without a text: the message is a field `message` that is one, else that of an error. */
  #withoutText(): LogCall {
    const fields = this.#fields ?? {};
    if (guarded(() => Object.hasOwn(fields, 'message'), false)) {
      const { message, ...others } = copyOf(fields);
      if (typeof message === 'string') return { message, fields: others };
    }
    const [error] = this.#errors;
    return { message: error ? this.#messageOf(error) : '', fields: this.#fields };
  }

  #takeMessage(template: string, values: readonly unknown[]): void {
    const { taken, left } = sharesOf(template, values, (value) => givenFields(value) !== undefined);
    const asText = (value: unknown): string => this.textOf(value);
    const asJson = (value: unknown): string => this.#jsonOf(value);
    this.#texts.push(values.length === 0 ? template : filledIn(template, taken, asText, asJson));
    // An error in place of a placeholder is the field `error` as well.
    for (const value of taken) if (isError(value)) this.#addError(value);
    this.#takeAll(left);
  }

  #takeAll(values: readonly unknown[]): void {
    for (const value of values) if (value !== undefined) this.#take(value);
  }

  #take(value: unknown): void {
    if (isError(value)) return this.#addError(value);
    const fields = givenFields(value);
    if (fields) this.#add(fields);
    else this.#texts.push(this.textOf(value));
  }

  #addError(error: Error): void {
    if (!this.#errors.includes(error)) this.#add({ error });
  }

  /** Keeps both of two values with one name: an error gets the name, else the first value; the other one gets an underscore. */
  #add(fields: Fields): void {
    if (!this.#fields) {
      this.#fields = fields;
      return;
    }
    const all = (this.#all ??= { ...copyOf(this.#fields) });
    for (const [name, value] of Object.entries(copyOf(fields))) {
      const isTaken = (key: string): boolean => Object.hasOwn(all, key);
      const free = isTaken(name) ? freeName(name, isTaken) : name;
      const isFirst = isTaken(name) && isError(value) && !isError(all[name]);
      if (isFirst) setMember(all, free, all[name]);
      setMember(all, isFirst ? name : free, value);
    }
    this.#fields = all;
  }

  /** The values of the fields `err` and `error` that are errors. */
  get #errors(): Error[] {
    const fields = this.#fields ?? {};
    return ['err', 'error'].map((name) => readable(() => fields[name])).filter(isError);
  }

  #messageOf(error: Error): string {
    const message = readable(() => error.message) ?? '';
    return message === '' ? String(readable(() => error.name)) : this.textOf(message);
  }

  textOf(value: unknown): string {
    if (isError(value)) return this.textOf(readable(() => String(value)));
    // The message as a whole is redacted later.
    if (typeof value === 'string') return value;
    const read = this.#read(value);
    return typeof read === 'string' ? read : JSON.stringify(read);
  }

  #jsonOf(value: unknown): string {
    if (isError(value) || value === undefined) return this.textOf(value);
    return JSON.stringify(this.#read(value));
  }

  #read(value: unknown): unknown {
    if (value === undefined) return 'undefined';
    // All values of a call share one budget.
    this.#reading ??= new Reading(this.#rules);
    const read = this.#reading.field('', value);
    return read === CUT ? '[cut: a value]' : read;
  }
}
