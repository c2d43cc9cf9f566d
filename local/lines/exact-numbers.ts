import { withNumbers } from './json-numbers.js';

/** Finds every message with a number that JavaScript cannot hold as it is written. It may find others, too, which only costs time. */
export const MAY_LOSE_DIGITS = /\d[\d.]{15}|\d[eE][+-]?\d{3}/;

/**
 * A text that is JSON, with each number as a string that would lose digits otherwise, such as an id, or a time in nanoseconds: two of them would
 * be one value.
 */
export function withExactNumbers(json: string): string {
  return withNumbers(json, (number) => (isExact(number) ? number : `"${number}"`));
}

/** No number that is printed again is longer. */
const MAX_LENGTH = 40;

function isExact(token: string): boolean {
  const number = Number(token);
  return (
    token.length <= MAX_LENGTH && Number.isFinite(number) && digitsOf(String(number)) === digitsOf(token)
  );
}

/** The digits that count: without sign, point and exponent, and without zeros around them. */
function digitsOf(text: string): string {
  return text
    .replace(/e.*/i, '')
    .replaceAll(/[.-]/g, '')
    .replaceAll(/^0+|0+$/g, '');
}
