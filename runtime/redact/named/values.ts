import { CENSOR } from '../../serialize/censor.js';

/** A part of a text that is hidden, and what is shown in its place. */
export interface Value {
  readonly from: number;
  readonly to: number;
  readonly shown: string;
}

/** Whether what is called like this is hidden. */
export type IsSensitive = (name: string) => boolean;

/**
 * Finds the value to hide, if any, whose name ends at one place and that begins at the other or behind it.
 *
 * @param least the end of the sign before
 */
export type ValueFinder = (nameEnd: number, from: number, least: number) => Value | undefined;

/** Whether the character at a place of a text is one of some. */
export type CharacterTest = (text: string, at: number) => boolean;

/** What is looked at of a name: its last part counts. */
const MAX_NAME_LENGTH = 128;

/** A line break, a tab or an ampersand as JSON writes them, without the backslash. */
const REST_OF_ESCAPE = /^(?:u[\da-f]{4}|[nrt])/i;

/** The text without the values that are found at this sign between name and value. Costs a search where there is none. */
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

/** The part, hidden; nothing if it is empty. */
export function hidden(from: number, to: number, mark = ''): Value | undefined {
  return from < to ? { from, to, shown: mark + CENSOR + mark } : undefined;
}

/** Characters by a pattern that knows each of them alone; of ASCII, a table remembers them. */
export function charactersOf(pattern: RegExp): CharacterTest {
  const table = Array.from({ length: 128 }, (_, code) => pattern.test(String.fromCharCode(code)));
  return (text, at) => table[text.charCodeAt(at)] ?? (at < text.length && pattern.test(text[at]!));
}

/** Where the name begins that ends here, if it is made of anything but the stops. */
export function startOfName(text: string, to: number, isStop: CharacterTest, least = 0): number {
  const limit = Math.max(least, to - MAX_NAME_LENGTH);
  let from = to;
  while (from > limit && !isStop(text, from - 1)) from--;
  return from;
}

/** Whether a sensitive name stands here, also directly behind an escaped character. */
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
