import { format, inspect } from 'node:util';
import type { LogCall } from '../../logger/log-call.js';
import { readValues, textOf } from '../../logger/log-call.js';
import { guarded, isError, readable } from '../../serialize/guard.js';
import { httpName } from '../../serialize/http-shapes.js';
import { CUT, Reading, type Rules } from '../../serialize/reading.js';
import { membersOf } from '../../serialize/view.js';

/** The placeholders of `util.format`. */
const PLACEHOLDER = /%[sdifjoOc%]/g;

/** What Node prints in place of members and items that it leaves out. */
const LEFT_OUT = /\[(?:Object|Array)\]|\d+ more (?:item|character)/;

/** Methods of which `util.format` says that a class has no text of its own. */
const BUILT_IN = new Set<unknown>(
  [Object, Array, Date, Error, RegExp, Function].map(({ prototype }) => prototype.toString),
);

/**
 * Reads the arguments of `console.log` and those like it. The message is what Node prints for the template and for values that are no
 * objects. Objects that fill no placeholder, and those of which Node prints less than all, are fields.
 *
 * @param rules of redaction, for values that become text
 */
export function readPrinted(args: readonly unknown[], rules: Rules | undefined): LogCall {
  const [template] = args;
  if (typeof template !== 'string') return readValues(args.flatMap(printables), rules);
  if (args.length === 1) return { message: template, fields: undefined };
  return new Printing(rules).read(template, args.slice(1));
}

class Printing {
  readonly #rules: Rules | undefined;
  readonly #reading: Reading;

  constructor(rules: Rules | undefined) {
    this.#rules = rules;
    this.#reading = new Reading(rules);
  }

  read(template: string, values: readonly unknown[]): LogCall {
    const wanted = (template.match(PLACEHOLDER) ?? []).filter((each) => each !== '%%');
    const filling = values.slice(0, wanted.length).map((value, at) => this.#filled(wanted[at]!, value));
    const others = values.slice(wanted.length);
    const message = filledIn(
      template,
      filling.map(({ shown }) => shown),
      others.length > 0,
    );
    const left = filling.filter(({ isLeft }) => isLeft).map(({ value }) => value);
    return readValues([message, ...[...left, ...others].flatMap(printables)], this.#rules);
  }

  /** What Node is given for a placeholder, and whether the value is also to be read for the line. */
  #filled(placeholder: string, value: unknown): { shown: unknown; value: unknown; isLeft: boolean } {
    if (typeof value === 'function' && /%[oO]/.test(placeholder)) {
      const { shown, members } = shownFunction(value);
      return { shown, value: members, isLeft: members !== undefined };
    }
    if (typeof value !== 'object' || value === null) {
      // Node throws at a BigInt for `%j`.
      const shown = typeof value === 'bigint' && placeholder === '%j' ? inspect(value) : value;
      return { shown, value, isLeft: false };
    }
    if (isError(value)) return { shown: textOf(value, this.#rules), value, isLeft: true };
    const shown = placeholder === '%s' ? (ownText(value) ?? this.#copyOf(value)) : this.#copyOf(value);
    const isNumber = /%[dif]/.test(placeholder);
    return { shown, value, isLeft: isNumber || LEFT_OUT.test(format(placeholder, shown)) };
  }

  /** A copy without secrets: Node would show the headers of a request. */
  #copyOf(value: object): unknown {
    const read = this.#reading.field('', value);
    return read === CUT ? '[cut: a value]' : read;
  }
}

/** Where values are left over, Node makes `%%` a percent sign behind the last placeholder, too. */
function filledIn(template: string, values: readonly unknown[], isMoreLeft: boolean): string {
  return isMoreLeft ? format(template, ...values, '').slice(0, -1) : format(template, ...values);
}

/** A value outside of a template: as Node prints it, or as it is, for the line, where it is an object. */
function printables(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') {
    const { shown, members } = shownFunction(value);
    return [readable(() => inspect(shown)), ...(members === undefined ? [] : [members])];
  }
  if (typeof value !== 'object' || value === null) return [inspect(value)];
  return [printsItself(value) ? readable(() => inspect(value)) : value];
}

/**
 * A function to show, and its members, which are fields as those of an object: a client such as axios is a function that holds
 * headers. Node would show them in the text.
 */
function shownFunction(value: object): { readonly shown: unknown; readonly members?: object } {
  const members = guarded(() => membersOf(asObject(value)), undefined);
  if (members === undefined) return { shown: value };
  const name = guarded(() => String(Reflect.get(value, 'name')), '');
  return { shown: Object.defineProperty(() => undefined, 'name', { value: name }), members };
}

function asObject(callable: object): object {
  return Object.create(null, Object.getOwnPropertyDescriptors(callable)) as object;
}

/** Whether a class of the application's says how it is printed, but not what it is in JSON: it may hide members. */
function printsItself(value: object): boolean {
  return guarded(() => {
    const isUntagged = Object.prototype.toString.call(value) === '[object Object]';
    return isUntagged && typeof Reflect.get(value, inspect.custom) === 'function' && !('toJSON' in value);
  }, false);
}

/** The text of an object with a `toString` of its own. A request has none that says anything. */
function ownText(value: object): string | undefined {
  return guarded(() => {
    const { toString } = value as { readonly toString?: unknown };
    if (typeof toString !== 'function' || BUILT_IN.has(toString)) return undefined;
    return httpName(value) !== undefined ? undefined : String(Reflect.apply(toString, value, []));
  }, undefined);
}
