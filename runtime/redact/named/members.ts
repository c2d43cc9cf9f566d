import { CENSOR } from '../../serialize/censor.js';
import { backslashesBefore, endOfString, lengthOf, quoteAt, quoteBefore, type Quote } from './quote.js';
import {
  charactersOf,
  hidden,
  isNamed,
  isSpace,
  skipSpace,
  startOfName,
  type CharacterTest,
  type IsSensitive,
  type Value,
} from './values.js';

/** A character that no name without quotes contains. */
const isNameStop = charactersOf(/[^\w$.-]/);

const ends: Readonly<Record<string, CharacterTest>> = {
  '"': charactersOf(/["=]/),
  "'": charactersOf(/['=]/),
};

/** How the first item of a list of objects, lists or strings begins. */
const isInList = charactersOf(/[\s"'{[]/);

const LITERAL = /[^,}\]\r\n"'\\]*/y;

/**
 * Finds the value of a sensitive member: `"name": value` in JSON, also in JSON within JSON, and `name: value` in an object as
 * Node.js prints it, if the value is a string, an object or a list.
 *
 * A value without an end, because the text was cut, goes to the end of the text.
 */
export function memberValue(
  text: string,
  nameEnd: number,
  from: number,
  isSensitive: IsSensitive,
): Value | undefined {
  const end = skipSpaceBack(text, nameEnd);
  const quote = quoteBefore(text, end);
  if (quote) return isQuotedName(text, end, quote, isSensitive) ? valueIn(text, from, quote) : undefined;
  const start = skipSpace(text, from);
  if (!beginsLikeValue(text, start)) return undefined;
  const isName = isNamed(text, startOfName(text, nameEnd, isNameStop), nameEnd, isSensitive);
  return isName ? valueIn(text, start, { mark: "'", backslashes: 0 }) : undefined;
}

function skipSpaceBack(text: string, to: number): number {
  let at = to;
  while (isSpace(text, at - 1)) at--;
  return at;
}

function isQuotedName(text: string, end: number, quote: Quote, isSensitive: IsSensitive): boolean {
  const nameEnd = end - lengthOf(quote);
  const nameStart = startOfName(text, nameEnd, ends[quote.mark]!);
  return text[nameStart - 1] === quote.mark && isNamed(text, nameStart, nameEnd, isSensitive);
}

function beginsLikeValue(text: string, at: number): boolean {
  const isList = text[at] === '[' && isInList(text, at + 1);
  return isList || text[at] === '{' || quoteAt(text, at) !== undefined;
}

/** A value that is no string is replaced by one, in quotes like those of the name, so that JSON stays JSON. */
function valueIn(text: string, from: number, nameQuote: Quote): Value | undefined {
  const start = skipSpace(text, from);
  const quote = quoteAt(text, start);
  if (quote) return stringFrom(text, start + lengthOf(quote), quote);
  const mark = '\\'.repeat(nameQuote.backslashes) + nameQuote.mark;
  const isContainer = text[start] === '{' || text[start] === '[';
  return hidden(
    start,
    isContainer ? endOfContainer(text, start, nameQuote) : endOfLiteral(text, start),
    mark,
  );
}

/** Hides an empty string as well, as is done with an empty field. */
function stringFrom(text: string, from: number, quote: Quote): Value {
  return { from, to: endOfString(text, from, quote), shown: CENSOR };
}

function endOfLiteral(text: string, from: number): number {
  LITERAL.lastIndex = from;
  return from + LITERAL.exec(text)![0].trimEnd().length;
}

/** Brackets in strings do not count. */
function endOfContainer(text: string, from: number, nameQuote: Quote): number {
  const marks = /["'[\]{}]/g;
  marks.lastIndex = from;
  let depth = 0;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    const { 0: mark, index } = found;
    if (mark === '{' || mark === '[') depth++;
    else if (mark === '}' || mark === ']') {
      if (--depth === 0) return index + 1;
    } else if (mark === nameQuote.mark) {
      const backslashes = backslashesBefore(text, index);
      if (backslashes < nameQuote.backslashes) return index - backslashes;
      marks.lastIndex = behindString(text, index + 1, { mark, backslashes });
    }
  }
  return text.length;
}

/** The place behind the closing quote; without one, the end of the string. */
function behindString(text: string, from: number, quote: Quote): number {
  const end = endOfString(text, from, quote);
  return quoteAt(text, end)?.backslashes === quote.backslashes ? end + lengthOf(quote) : end;
}
