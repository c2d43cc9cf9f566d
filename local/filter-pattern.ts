import { isMap } from './api/json.js';
import { invalidParameter } from './service-error.js';

export type Matcher = (message: string) => boolean;

const SUPPORTED =
  'This local server supports: an empty pattern, terms that must all occur (letters, digits and _; anything else in ' +
  'double quotes), and { $.field = "value" && ($.other = 1 || $.other > 5) }.';

const TERM = /\s*(?:"((?:[^"\\]|\\.)+)"|([A-Za-z0-9_]+))(?=\s|$)/gy;
const TEXT_COMPARISON = /\s*\$((?:\.[A-Za-z0-9_-]+)+)\s*=\s*"((?:[^"\\*]|\\.)*)"/y;
const NUMBER_COMPARISON = /\s*\$((?:\.[A-Za-z0-9_-]+)+)\s*(=|[<>]=?)\s*(-?\d+(?:\.\d+)?)/y;

const compare: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  '=': (one, other) => one === other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};

/**
 * Parses a part of the service's pattern language. Refuses the rest, because a wrong answer would be worse than none.
 */
export function parseFilterPattern(pattern: string): Matcher {
  const text = pattern.trim();
  if (text === '') return () => true;
  return text.startsWith('{') ? parseSelection(text) : parseTerms(text);
}

/** Terms are case-sensitive (documented). That a term also matches inside of a word is assumed. */
function parseTerms(text: string): Matcher {
  const matches = [...text.matchAll(TERM)];
  if (matches.map(([whole]) => whole).join('') !== text) throw unsupported(text);
  const terms = matches.map(([, phrase, word]) => (phrase === undefined ? (word ?? '') : unescape(phrase)));
  return (message) => terms.every((term) => message.includes(term));
}

type Condition = (record: unknown) => boolean;

/** `{ $.level = "ERROR" && ($.status = 500 || $.status > 599) }` */
function parseSelection(text: string): Matcher {
  const selection = new SelectionReader(text);
  const condition = selection.read();
  return (message) => condition(parseJson(message));
}

/** Reads a selection from left to right. `&&` binds closer than `||` (documented). */
class SelectionReader {
  private at = 0;

  constructor(private readonly text: string) {}

  read(): Condition {
    this.expect('{');
    const condition = this.alternatives();
    this.expect('}');
    if (this.at < this.text.length) throw unsupported(this.text);
    return condition;
  }

  private alternatives(): Condition {
    const conditions = [this.conjunction()];
    while (this.takes('||')) conditions.push(this.conjunction());
    return (record) => conditions.some((condition) => condition(record));
  }

  private conjunction(): Condition {
    const conditions = [this.unit()];
    while (this.takes('&&')) conditions.push(this.unit());
    return (record) => conditions.every((condition) => condition(record));
  }

  private unit(): Condition {
    if (!this.takes('(')) return this.comparison();
    const condition = this.alternatives();
    this.expect(')');
    return condition;
  }

  private comparison(): Condition {
    const text = this.match(TEXT_COMPARISON);
    if (text) return (record) => valueAt(record, text[1]!) === unescape(text[2]!);
    const number = this.match(NUMBER_COMPARISON);
    if (!number) throw unsupported(this.text);
    const [, path, operator, limit] = number as unknown as [string, string, string, string];
    return (record) => {
      const value = valueAt(record, path);
      return typeof value === 'number' && compare[operator]!(value, Number(limit));
    };
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at = pattern.lastIndex;
    return match;
  }

  private takes(sign: string): boolean {
    const next = this.at + this.text.slice(this.at).search(/\S|$/);
    const isNext = this.text.startsWith(sign, next);
    if (isNext) this.at = next + sign.length;
    return isNext;
  }

  private expect(sign: string): void {
    if (!this.takes(sign)) throw unsupported(this.text);
  }
}

/** @param path as a pattern has it, with a point before each name */
function valueAt(record: unknown, path: string): unknown {
  const names = path.slice(1).split('.');
  return names.reduce((value, name) => (isMap(value) ? value[name] : undefined), record);
}

function parseJson(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1');
}

function unsupported(pattern: string): Error {
  return invalidParameter(`Invalid or unsupported filter pattern: ${pattern}. ${SUPPORTED}`);
}
