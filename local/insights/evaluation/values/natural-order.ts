import { numberOf, textOf, type Value } from './value.js';

/**
 * The order of `sort` (documented): what is no number comes before what is one; of others, digits in a row are compared by their
 * length and then their value, other characters by Unicode. An absent value comes first of all (assumed). Descending is the reverse
 * (documented).
 */
export function naturalOrder(one: Value, other: Value): number {
  if (one === undefined || other === undefined)
    return Number(one !== undefined) - Number(other !== undefined);
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [number, otherNumber] = [sortedNumber(one), sortedNumber(other)];
  if (number === undefined && otherNumber === undefined) return textOrder(textOf(one), textOf(other));
  if (number === undefined || otherNumber === undefined) return number === undefined ? -1 : 1;
  // `01` comes before `1` (documented by an example).
  return number - otherNumber || plainOrder(textOf(one), textOf(other));
}

/** JSON's true and false are sorted as texts (assumed). */
function sortedNumber(value: Value): number | undefined {
  return typeof value === 'boolean' ? undefined : numberOf(value);
}

function textOrder(one: string, other: string): number {
  let [at, otherAt] = [0, 0];
  while (at < one.length && otherAt < other.length) {
    const [end, otherEnd] = [digitsEnd(one, at), digitsEnd(other, otherAt)];
    const order =
      end > at && otherEnd > otherAt
        ? end - at - (otherEnd - otherAt) || plainOrder(one.slice(at, end), other.slice(otherAt, otherEnd))
        : one.codePointAt(at)! - other.codePointAt(otherAt)!;
    if (order !== 0) return order;
    at = Math.max(end, at + 1);
    otherAt = Math.max(otherEnd, otherAt + 1);
  }
  return one.length - at - (other.length - otherAt);
}

/** The end of the digits at a place; the place itself if there are none. */
function digitsEnd(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return end;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function plainOrder(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
