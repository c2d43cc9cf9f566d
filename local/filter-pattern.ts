import { isMap } from './members.js';
import { invalidParameter } from './service-error.js';

export type Matcher = (message: string) => boolean;

const SUPPORTED =
  'This local server supports: an empty pattern, terms that must all occur (letters, digits and _; anything else in ' +
  'double quotes), and { $.field = "value" && $.other = 1 }.';

const TERM = /\s*(?:"((?:[^"\\]|\\.)+)"|([A-Za-z0-9_]+))(?=\s|$)/gy;
const COMPARISON = /^\s*\$((?:\.[A-Za-z0-9_-]+)+)\s*=\s*(?:"((?:[^"\\*]|\\.)*)"|(-?\d+(?:\.\d+)?))\s*$/;
/** `&&` outside of quoted values. */
const CONJUNCTION = /&&(?=(?:[^"]*"[^"]*")*[^"]*$)/;

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

/** `{ $.level = "ERROR" && $.status = 500 }` */
function parseSelection(text: string): Matcher {
  if (!text.endsWith('}')) throw unsupported(text);
  const comparisons = text
    .slice(1, -1)
    .split(CONJUNCTION)
    .map((part) => parseComparison(part, text));
  return (message) => {
    const record = parseJson(message);
    return comparisons.every(({ path, value }) => valueAt(record, path) === value);
  };
}

function parseComparison(part: string, text: string): { path: readonly string[]; value: string | number } {
  const match = COMPARISON.exec(part);
  if (match === null) throw unsupported(text);
  const [, path = '', quoted, number] = match;
  return { path: path.slice(1).split('.'), value: quoted === undefined ? Number(number) : unescape(quoted) };
}

function valueAt(record: unknown, path: readonly string[]): unknown {
  return path.reduce((value, key) => (isMap(value) ? value[key] : undefined), record);
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
