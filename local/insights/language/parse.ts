import type { Expression, GlobPattern, ParseCommand, RegexPattern } from '../query/query.js';
import { isAtString, readString } from './literals.js';
import { readName } from './names.js';
import type { QueryReader } from './query-reader.js';
import type { Reading } from './reading.js';
import { isAtRegex, readRegex } from './regex-literal.js';

/** Reads what `parse` looks into and by which pattern. Without a field it is `@message` (documented by an example). */
export function readParse(reading: Reading): ParseCommand {
  const { reader } = reading;
  const isBare = isAtString(reader) || isAtRegex(reader);
  const source = reading.scope.resolve(isBare ? message(reading) : readField(reading));
  const start = reader.start;
  if (isAtRegex(reader)) return { kind: 'parse', source, pattern: readRegexPattern(reading, start) };
  if (isAtString(reader)) return { kind: 'parse', source, pattern: readGlob(reading, start) };
  throw reader.unexpected('a pattern: a text in quotes with *, or a regular expression between slashes');
}

function message({ reader, expressions }: Reading): Expression {
  return expressions.made({ kind: 'field', name: '@message' }, reader.start);
}

function readField({ reader, expressions }: Reading): Expression {
  const start = reader.start;
  return expressions.made({ kind: 'field', name: readName(reader, 'a field or a pattern') }, start);
}

function readRegexPattern({ reader, scope }: Reading, start: number): RegexPattern {
  const { source, names } = readRegex(reader);
  if (names.length === 0 || reader.nextWord === 'as') {
    throw reader.refusalFrom(
      start,
      'the names of the fields stand in the groups: (?<name>…), and in no as behind it.',
    );
  }
  for (const name of names) scope.define(name, reader.placeFrom(start));
  return { kind: 'regex', source, names };
}

function readGlob({ reader, scope }: Reading, start: number): GlobPattern {
  const texts = readString(reader).split('*');
  assertWildcards(reader, texts, start);
  if (!reader.takesWord('as')) throw reader.unexpected('as and the names of the fields');
  const names = readNames(reader, (name, nameStart) => scope.define(name, reader.placeFrom(nameStart)));
  if (names.length === texts.length - 1) return { kind: 'glob', texts, names };
  const counts = `wildcards * are ${texts.length - 1}, names ${names.length}`;
  throw reader.refusalFrom(start, `${counts}. Each wildcard has one name.`);
}

function assertWildcards(reader: QueryReader, texts: readonly string[], start: number): void {
  if (texts.length === 1)
    throw reader.refusalFrom(start, 'this pattern has no wildcard *, so that there is nothing to name.');
  if (texts.slice(1, -1).includes('')) {
    throw reader.refusalFrom(
      start,
      'two wildcards * have nothing between them, so that nobody knows where one ends.',
    );
  }
}

function readNames(reader: QueryReader, take: (name: string, start: number) => void): string[] {
  const names: string[] = [];
  do {
    const start = reader.start;
    names.push(readName(reader, 'a name'));
    take(names.at(-1)!, start);
  } while (reader.takes(','));
  return names;
}
