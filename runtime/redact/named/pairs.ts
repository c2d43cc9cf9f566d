import { backslashesBefore, endOfString, lengthOf, quoteAt } from './quote.js';
import {
  charactersOf,
  hidden,
  isNamed,
  startOfName,
  withoutValues,
  type IsSensitive,
  type Value,
} from './values.js';

/** A character that no name contains in a query, a form body, a cookie or a list of pairs. */
const isNameStop = charactersOf(/[\s"'`&;#?=,(){}<>|\\]/);

/** A quote belongs to the value, unless a character follows that usually follows a string. */
const VALUE_END = /[&;#\s]|["'](?=[\s,;:.)\]}>|+&\\]|$)/g;

/** Ends a value within a query that is itself a value of a query. */
const ENCODED_VALUE_END = /[&;#\s]|%26|%23|%3B|["'](?=[\s,;:.)\]}>|+&\\]|$)/gi;

/** Follows a closing quote: in `"x a=", 1`, the quote behind the sign ends the string, and the pair has no value. */
const BEHIND_STRING = /[,:}\]]/;

/**
 * Hides the values of sensitive names in `name=value`, with or without quotes: queries, form bodies, cookies and connection
 * strings; and in a query within a query, where the sign is `%3D`. Prose such as `password = ` stays.
 */
export function maskPairs(text: string, isSensitive: IsSensitive): string {
  const masked = maskPairsWith('=', VALUE_END, text, isSensitive);
  if (!masked.includes('%3')) return masked;
  return ['%3D', '%3d'].reduce(
    (rest, sign) => maskPairsWith(sign, ENCODED_VALUE_END, rest, isSensitive),
    masked,
  );
}

function maskPairsWith(sign: string, valueEnd: RegExp, text: string, isSensitive: IsSensitive): string {
  return withoutValues(text, sign, (nameEnd, from, least) => {
    const nameStart = startOfName(text, nameEnd, isNameStop, least);
    if (!isNamed(text, nameStart, nameEnd, isSensitive)) return undefined;
    return inQuotes(text, nameStart, from) ?? hidden(from, endOfBare(text, from, valueEnd));
  });
}

function inQuotes(text: string, nameStart: number, from: number): Value | undefined {
  const quote = quoteAt(text, from);
  if (!quote || text[nameStart - 1] === quote.mark) return undefined;
  const start = from + lengthOf(quote);
  const isClosing = start === text.length || BEHIND_STRING.test(text[start]!);
  return isClosing ? undefined : hidden(start, endOfString(text, start, quote));
}

function endOfBare(text: string, from: number, valueEnd: RegExp): number {
  valueEnd.lastIndex = from;
  const found = valueEnd.exec(text);
  let end = found?.index ?? text.length;
  if (found && /["']/.test(found[0])) end = Math.max(from, end - backslashesBefore(text, end));
  while (end > from && text[end - 1] === ',') end--;
  return end;
}
