import type { PatternReader } from './pattern-reader.js';
import { readQuotedText } from './quoted-text.js';
import type { Quota } from './quota.js';
import { readRegex } from './regex-syntax.js';
import { wildcardText } from './wildcard-text.js';

const ORDERS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** What a value is compared with. */
interface Operand {
  readonly matches: (text: string) => boolean;
  /** Set if the operand is a number without quotes. */
  readonly number: number | undefined;
}

/** Compares a value, given as text, and as a number if it is one. */
export interface Comparison {
  readonly isTrueFor: (text: string, number: number | undefined) => boolean;
  /** Whether the text of a number decides, as with `"1"` or `4*`, and not its value. */
  readonly readsText: boolean;
}

/** Reads an operator and an operand. */
export function readComparison(reader: PatternReader, quota: Quota): Comparison {
  reader.skipSpace();
  const operator = reader.match(/!=|[<>]=?|=/y)?.[0];
  if (operator === undefined) throw reader.refusal('=, !=, <, <=, > or >=');
  if (reader.next === '=') throw reader.refusal('a value, because the operator of equality is one =');
  const order = ORDERS[operator];
  if (order !== undefined) return ordered(order, readNumber(reader));
  const operand = readOperand(reader, quota);
  return equal(operand, operator === '=');
}

/** Only numbers have an order: JSON strings never match, whatever their text (reported). */
function ordered(order: (left: number, right: number) => boolean, limit: number): Comparison {
  return { isTrueFor: (_, number) => number !== undefined && order(number, limit), readsText: false };
}

/** Compares numbers by value, a string with the operand as it is written: `1` equals 1.0 and "1", but not "1.0" (reported). */
function equal({ matches, number }: Operand, isEqual: boolean): Comparison {
  if (number === undefined) return { isTrueFor: (text) => matches(text) === isEqual, readsText: true };
  const isTrueFor = (text: string, value: number | undefined): boolean =>
    (value === undefined ? matches(text) : value === number) === isEqual;
  return { isTrueFor, readsText: false };
}

function readOperand(reader: PatternReader, quota: Quota): Operand {
  reader.skipSpace();
  if (reader.next === '"') return { matches: wildcardText(readQuotedText(reader)), number: undefined };
  if (reader.next === '%') return { matches: readRegex(reader, quota), number: undefined };
  const number = matchNumber(reader);
  if (number !== undefined) return { matches: (text) => text === number, number: Number(number) };
  return { matches: wildcardText(readBareText(reader)), number: undefined };
}

function readNumber(reader: PatternReader): number {
  reader.skipSpace();
  const number = matchNumber(reader);
  if (number === undefined) throw reader.refusal('a number');
  return Number(number);
}

/** An integer or a decimal with or without a sign and an exponent (documented). That the exponent may have an E is assumed. */
function matchNumber(reader: PatternReader): string | undefined {
  return reader.match(/[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?=[\s,)\]}&|]|$)/y)?.[0];
}

/** Letters, digits, underscores and asterisks need no quotes (documented), nor do points (documented by an example). */
function readBareText(reader: PatternReader): string {
  const text = reader.match(/[\w.*]+(?=[\s,)\]}&|]|$)/y)?.[0];
  if (text !== undefined) return text;
  throw reader.refusal(
    'a number, a word of letters, digits, _, . and *, other text in double quotes, or a regular expression between % signs',
  );
}
