import { CENSOR } from '../../serialize/censor.js';

/** A part of a text to hide, and the text to show in its place. */
export interface Value {
  readonly from: number;
  readonly to: number;
  readonly shown: string;
}

/** Whether the values of this name are hidden. */
export type IsSensitive = (name: string) => boolean;

/**
 * Finds the value to hide, if there is one.
 *
 * @param nameEnd end of its name
 * @param from end of the sign behind the name
 * @param least end of the sign before the name: the name begins there or later
 */
export type ValueFinder = (nameEnd: number, from: number, least: number) => Value | undefined;

/** Tests the character at a place of a text. */
export type CharacterTest = (text: string, at: number) => boolean;

/** Only this many characters at the end of a name are read, since its last part counts. */
const MAX_NAME_LENGTH = 128;

/** The letters behind the backslash of an escape in JSON. */
const REST_OF_ESCAPE = /^(?:u[\da-f]{4}|[nrt])/i;

/** Hides the values found at each sign between a name and a value. A text without the sign costs one search. */
export function withoutValues(text: string, sign: string, valueAt: ValueFinder): string {
  let masked = '';
  let done = 0;
  let least = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, least)) {
    const value = valueAt(at, at + sign.length, least);
    if (value) {
      masked += text.slice(done, value.from) + value.shown;
      done = value.to;
    }
    least = Math.max(done, at + sign.length);
  }
  return masked + text.slice(done);
}

/** The part as a value to hide; `undefined` if it is empty. */
export function hidden(from: number, to: number, mark = ''): Value | undefined {
  return from < to ? { from, to, shown: mark + CENSOR + mark } : undefined;
}

/** A test from a pattern for one character. A table answers for ASCII. */
export function charactersOf(pattern: RegExp): CharacterTest {
  const table = Array.from({ length: 128 }, (_, code) => pattern.test(String.fromCharCode(code)));
  return (text, at) => table[text.charCodeAt(at)] ?? (at < text.length && pattern.test(text[at]!));
}

/** The start of the name that ends at `to`; it contains no stop. */
export function startOfName(text: string, to: number, isStop: CharacterTest, least = 0): number {
  const limit = Math.max(least, to - MAX_NAME_LENGTH);
  let from = to;
  while (from > limit && !isStop(text, from - 1)) from--;
  return from;
}

/** Whether the text from `from` to `to` is a sensitive name, also if it follows an escape directly, as in `\npassword`. */
export function isNamed(text: string, from: number, to: number, isSensitive: IsSensitive): boolean {
  if (from === to) return false;
  const name = text.slice(from, to);
  return isSensitive(name) || (text[from - 1] === '\\' && isSensitive(name.replace(REST_OF_ESCAPE, '')));
}

export const isSpace = charactersOf(/\s/);

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text, at)) at++;
  return at;
}
