import type { LikePattern } from '../query/query.js';
import { isAtString, readString } from './literals.js';
import type { QueryReader } from './query-reader.js';
import { isAtRegex, readRegex } from './regex-literal.js';

/** Reads what stands behind `like` and `=~` (documented for both: a text or a regular expression). */
export function readLikePattern(reader: QueryReader): LikePattern {
  if (isAtString(reader)) return { kind: 'text', text: readString(reader) };
  if (isAtRegex(reader)) return { kind: 'regex', text: readRegex(reader).source };
  throw reader.unexpected('a text in quotes or a regular expression between slashes');
}
