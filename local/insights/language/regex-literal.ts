import { RE2JS, RE2JSException } from 're2js';
import type { QueryReader } from './query-reader.js';

const REGEX = /\/((?:[^/\\]|\\[^])+)\//y;
const FLAG = /[\p{L}\p{N}]+/uy;

/** A regular expression between slashes, that the service would take. */
export interface RegexLiteral {
  /** Without its slashes. */
  readonly source: string;
  /** Names of its groups, in their order. */
  readonly names: readonly string[];
}

export function isAtRegex(reader: QueryReader): boolean {
  return reader.peek(/\//y) !== undefined;
}

/** Reads a regular expression. Its syntax is that of RE2: documented for `regexReplace`, assumed elsewhere. */
export function readRegex(reader: QueryReader): RegexLiteral {
  const start = reader.start;
  const source = reader.take(REGEX)?.[1];
  if (source === undefined) throw unfinishedRegex(reader, start);
  refuseFlag(reader, start);
  try {
    return { source, names: namesOf(RE2JS.compile(source)) };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw reader.refusalFrom(
      start,
      `${error.message.replace('error parsing regexp: ', '')}. The syntax is RE2's.`,
    );
  }
}

function namesOf(regex: RE2JS): string[] {
  const groups = Object.entries<number>(regex.namedGroups());
  return groups.toSorted(([, a], [, b]) => a - b).map(([name]) => name);
}

function unfinishedRegex(reader: QueryReader, start: number) {
  if (reader.takes('//')) return reader.refusalFrom(start, 'a regular expression has a character at least.');
  reader.take(/[^]*/y);
  return reader.refusalFrom(start, 'this regular expression is not closed. It ends with /.');
}

function refuseFlag(reader: QueryReader, start: number): void {
  if (reader.start !== reader.end || !reader.take(FLAG)) return;
  throw reader.refusalFrom(start, 'flags stand inside of a regular expression, as in /(?i)error/.');
}
