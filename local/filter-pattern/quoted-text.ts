import type { PatternReader } from './pattern-reader.js';

/**
 * Reads text in double quotes. A backslash escapes a quote or a backslash, as CDK writes them (seen in source). That no
 * other escape exists is assumed.
 */
export function readQuotedText(reader: PatternReader): string {
  const text = reader.match(/"((?:[^"\\]|\\["\\])*)"/y)?.[1];
  if (text !== undefined) return text.replaceAll(/\\(.)/g, '$1');
  reader.match(/"(?:[^"\\]|\\["\\])*/y);
  throw reader.refusal(reader.next === undefined ? 'a closing "' : String.raw`\" or \\ after a backslash`);
}
