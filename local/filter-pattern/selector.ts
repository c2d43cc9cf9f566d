import type { PatternReader } from './pattern-reader.js';
import type { Quota } from './quota.js';

/** A name of a property, an index of an array, or any of both. */
type Step = string | number | typeof ANY;

const ANY: unique symbol = Symbol('any property or element');

/** Leads from the root of a JSON text to values: `$.a.b[0]`, `$.['a.b']`, `$.list[*].id`. */
export class Selector {
  readonly #steps: readonly Step[];

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  /** Whether one of the values that are selected passes a test. Only an object has properties that are its own. */
  leadsTo(root: unknown, test: (value: unknown) => boolean): boolean {
    return this.#leadsTo(root, 0, test);
  }

  #leadsTo(value: unknown, index: number, test: (value: unknown) => boolean): boolean {
    const step = this.#steps[index];
    if (step === undefined) return test(value);
    if (typeof value !== 'object' || value === null) return false;
    // A wildcard in brackets goes through the properties of an object, too (reported).
    if (step === ANY) return Object.values(value).some((each) => this.#leadsTo(each, index + 1, test));
    if (Array.isArray(value) !== (typeof step === 'number') || !Object.hasOwn(value, step)) return false;
    return this.#leadsTo((value as Record<string | number, unknown>)[step], index + 1, test);
  }
}

const FIRST_STEP = /\$\.(?:([\w-]+)|(\*)|\['([^'\\]+)'\])/y;
const STEP = /\.(?:([\w-]+)|(\*)|\['([^'\\]+)'\])|\[(?:(\d+)|(\*)|'([^'\\]+)')\]/y;

/**
 * Names have letters, digits, `-` and `_`; others stand in brackets and single quotes (documented). That a name in quotes
 * needs no point before its bracket is assumed.
 */
export function readSelector(reader: PatternReader, quota: Quota): Selector {
  reader.skipSpace();
  const first = reader.match(FIRST_STEP);
  if (first === undefined) {
    throw reader.refusal("a property as in $.name or $.['other name'], or a condition in parentheses");
  }
  const steps: Step[] = [stepOf(first)];
  for (let match = reader.match(STEP); match !== undefined; match = reader.match(STEP))
    steps.push(stepOf(match));
  checkEnd(reader);
  countWildcards(steps, reader, quota);
  return new Selector(steps);
}

function stepOf([, name, any, quoted, index, anyElement, quotedAfter]: RegExpExecArray): Step {
  if (index !== undefined) return Number(index);
  return any !== undefined || anyElement !== undefined ? ANY : (name ?? quoted ?? quotedAfter!);
}

function checkEnd(reader: PatternReader): void {
  if (reader.next === '.') throw reader.refusal("a name, * or ['other name'] after the point");
  if (reader.next === '[') throw reader.refusal('an index, * or a name in single quotes in the brackets');
}

function countWildcards(steps: readonly Step[], reader: PatternReader, quota: Quota): void {
  const wildcards = steps.filter((step) => step === ANY).length;
  if (wildcards > 0) quota.countWildcardSelector();
  if (wildcards > 1) throw reader.refusal('a selector with at most one wildcard before this');
}

const SINGLE = /^\$\.(?:[\w-]+|\['[^'\\]+'\])(?:\.(?:[\w-]+|\['[^'\\]+'\])|\[(?:\d+|'[^'\\]+')\])*$/;

/** Whether a text is a selector of one value: it has no wildcard. */
export function isSingleSelector(text: string): boolean {
  return SINGLE.test(text);
}
