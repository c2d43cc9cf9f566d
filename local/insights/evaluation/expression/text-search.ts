import { RE2JS } from 're2js';
import type { LikePattern } from '../../query/query.js';
import { textOf, type Value } from '../values/value.js';

/** A regular expression that is a text without any special character. */
const PLAIN = /^[\w\s:;,"'=<>@#%&!~-]+$/;

/** Looks for a part of a text, by its case (documented), or for a match anywhere in it, in linear time. */
export function textSearch(pattern: LikePattern): (value: Exclude<Value, undefined>) => boolean {
  const { text } = pattern;
  if (pattern.kind === 'text' || PLAIN.test(text)) return (value) => textOf(value).includes(text);
  const regex = RE2JS.compile(text);
  return (value) => regex.test(textOf(value));
}
