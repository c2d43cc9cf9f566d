import { RE2JS, RE2JSException } from 're2js';
import type { QueryReader } from './query-reader.js';
import { regexSize } from './regex-size.js';

const REGEX = /\/((?:[^/\\]|\\[^])+)\//y;
const FLAG = /[\p{L}\p{N}]+/uy;

/** Steps of a regular expression: with more, it would take this server too long to compile and to use it. Ours. */
const MAX_SIZE = 2_000;

/** Characters of RE2's message in ours. */
const MAX_COMPLAINT = 100;

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
  if (regexSize(source) > MAX_SIZE) {
    throw reader.refusalFrom(start, `with its repetitions, this has more than ${MAX_SIZE} steps.`);
  }
  try {
    return { source, names: namesOf(RE2JS.compile(source)) };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw reader.refusalFrom(start, `${complaintOf(error)}. The syntax is RE2's.`);
  }
}

/** What RE2 says, on one line. It repeats the expression from a mistake on. */
function complaintOf({ message }: RE2JSException): string {
  const line = message.replace('error parsing regexp: ', '').replaceAll(/\s/g, ' ');
  return line.length > MAX_COMPLAINT ? `${line.slice(0, MAX_COMPLAINT)}…` : line;
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
