import type { ValueFunction } from '../values/reader.js';
import { numberOf, textOf, type Value } from '../values/value.js';

/** Functions of texts. A number is taken by its text. */
export const textFunctions: Readonly<Record<string, ValueFunction>> = {
  /** An absent value adds nothing (assumed). */
  concat: (...values) => values.reduce<string>((text, value) => appended(text, value), ''),
  ltrim: (value, characters) => trimmed(value, characters, true, false),
  rtrim: (value, characters) => trimmed(value, characters, false, true),
  trim: (value, characters) => trimmed(value, characters, true, true),
  /** Unicode code points (documented). */
  strlen: onText((text) => codePoints(text)),
  toupper: onText((text) => text.toUpperCase()),
  tolower: onText((text) => text.toLowerCase()),
  substr: (value, start, length) => (value === undefined ? undefined : part(textOf(value), start, length)),
  replace: (value, wanted, replacement) => {
    if (value === undefined || wanted === undefined || wanted === '') return value;
    return replaced(textOf(value), textOf(wanted), replacement === undefined ? '' : textOf(replacement));
  },
};

/** A text that a query makes longer than an event may be is cut, so that none can make one that memory cannot hold (ours). */
const MAX_LENGTH = 1024 * 1024;

function appended(text: string, value: Value): string {
  return value === undefined ? text : (text + textOf(value)).slice(0, MAX_LENGTH);
}

function replaced(text: string, wanted: string, replacement: string): string {
  const room = MAX_LENGTH / Math.max(replacement.length, 1) + 2;
  return text.split(wanted, room).join(replacement).slice(0, MAX_LENGTH);
}

function onText(compute: (text: string) => Value): ValueFunction {
  return (value) => (value === undefined ? undefined : compute(textOf(value)));
}

function codePoints(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) if (!isSecondHalf(text, index)) count += 1;
  return count;
}

/** Whether the second half of a pair, which makes one character, is here. */
function isSecondHalf(text: string, index: number): boolean {
  if ((text.charCodeAt(index) & 0xfc00) !== 0xdc00) return false;
  return index > 0 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800;
}

/** From the start, which counts from 0 (documented), up to a number of characters, else to the end. */
function part(text: string, start: Value, length: Value): Value {
  const [from, most] = [numberOf(start), numberOf(length)];
  if (from === undefined) return undefined;
  const first = Math.max(Math.trunc(from), 0);
  const end = most === undefined ? undefined : first + Math.max(Math.trunc(most), 0);
  return /[\ud800-\udbff]/.test(text) ? Array.from(text).slice(first, end).join('') : text.slice(first, end);
}

const WHITE_SPACE = ' \t\n\r\v\f';

/** Cuts white space, or any of the characters that are given (documented). */
function trimmed(value: Value, characters: Value, atStart: boolean, atEnd: boolean): Value {
  if (value === undefined) return undefined;
  const text = textOf(value);
  const cut = new Set(characters === undefined ? WHITE_SPACE : textOf(characters));
  const start = atStart ? startOf(text, cut) : 0;
  return text.slice(start, atEnd ? endOf(text, cut, start) : text.length);
}

function startOf(text: string, cut: ReadonlySet<string>): number {
  let start = 0;
  while (start < text.length && cut.has(text[start]!)) start += 1;
  return start;
}

function endOf(text: string, cut: ReadonlySet<string>, start: number): number {
  let end = text.length;
  while (end > start && cut.has(text[end - 1]!)) end -= 1;
  return end;
}
