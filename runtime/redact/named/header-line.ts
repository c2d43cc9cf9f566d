import { backslashesBefore, isEnd, quoteBefore, type Quote } from './quote.js';
import { charactersOf, hidden, isNamed, startOfName, type IsSensitive, type Value } from './values.js';

/** A character that no name of a header contains. */
const isNameStop = charactersOf(/[^\w-]/);

/** Characters between the start of a line and a header. `curl -v` writes an angle bracket there. */
const isBlank = charactersOf(/[ \t<>*]/);

const isLineEnd = charactersOf(/[\r\n]/);

/** The letter of an escaped line break, `\n` or `\r`. */
const isBreakLetter = charactersOf(/[rn]/);

const LINE_BREAK = /[\r\n]/g;

/** Signs that can end a header within a string. */
const END_IN_STRING = /[\r\n"']|(?<!\\)\\+[rn]/g;

/** Where the header stands: at the start of a line, or in a string that this quote opened. */
type Lead = 'line' | Quote;

/**
 * Finds the value of a sensitive header, `Name: value`, at the start of a line or of a string. The value ends with the line or the
 * string.
 */
export function headerValue(
  text: string,
  nameEnd: number,
  from: number,
  isSensitive: IsSensitive,
): Value | undefined {
  const nameStart = startOfName(text, nameEnd, isNameStop);
  if (nameStart === nameEnd) return undefined;
  const lead = leadOf(text, nameStart);
  if (!lead || !isNamed(text, nameStart, nameEnd, isSensitive)) return undefined;
  let start = from;
  while (isBlank(text, start)) start++;
  return hidden(start, endOfValue(text, start, lead));
}

function leadOf(text: string, nameStart: number): Lead | undefined {
  // In `\nCookie: …`, startOfName has taken the `n` of the escape for a letter of the name.
  if (text[nameStart - 1] === '\\') return stringBroken(text, nameStart + 1);
  let at = nameStart;
  while (isBlank(text, at - 1)) at--;
  if (at === 0 || isLineEnd(text, at - 1)) return 'line';
  return quoteBefore(text, at) ?? stringBroken(text, at);
}

/** The quote of the string that holds the escaped line break before `to`: JSON writes the escape with one backslash more. */
function stringBroken(text: string, to: number): Quote | undefined {
  if (!isBreakLetter(text, to - 1)) return undefined;
  const backslashes = backslashesBefore(text, to - 1);
  return backslashes > 0 ? { mark: '"', backslashes: backslashes - 1 } : undefined;
}

function endOfValue(text: string, from: number, lead: Lead): number {
  if (lead !== 'line') return endInString(text, from, lead);
  LINE_BREAK.lastIndex = from;
  return LINE_BREAK.exec(text)?.index ?? text.length;
}

function endInString(text: string, from: number, quote: Quote): number {
  END_IN_STRING.lastIndex = from;
  for (let found = END_IN_STRING.exec(text); found; found = END_IN_STRING.exec(text)) {
    const { 0: sign, index } = found;
    const before = sign === quote.mark ? backslashesBefore(text, index) : 0;
    if (sign === quote.mark && isEnd(before, quote)) return index - Math.min(before, quote.backslashes);
    if (isLineBreak(sign, quote)) return index;
  }
  return text.length;
}

function isLineBreak(sign: string, { backslashes }: Quote): boolean {
  const escapes = sign.length - 1;
  return escapes === 0 ? isLineEnd(sign, 0) : escapes % (2 * backslashes + 2) === backslashes + 1;
}
