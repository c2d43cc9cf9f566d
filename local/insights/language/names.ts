import { type QueryReader, shown } from './query-reader.js';

/**
 * Letters, digits, `@` and `.` need no back quotes (documented), and neither does `_` (documented by examples). The part
 * behind a dot may be an index of an array (documented). Back quotes may stand around a part (documented).
 */
const HEAD = /@{0,2}(?:[A-Za-z_][\w@]*|`[^`\n]+`)/y;
const TAIL = /(?:\.(?:[\w@]+|`[^`\n]+`))*/y;
const UNFINISHED = /@{0,2}`/y;

/** Words that are no names unless they stand in back quotes. Which words the service keeps is assumed. */
const RESERVED = new Set(['and', 'or', 'not', 'in', 'like', 'as', 'by', 'asc', 'desc', 'true', 'false']);

/** Whether a name of a field or a function comes next. */
export function isAtName(reader: QueryReader): boolean {
  return !isAtReserved(reader) && (reader.peek(HEAD) !== undefined || reader.peek(UNFINISHED) !== undefined);
}

/**
 * Refuses `null` as a value. As a field, which no event has, it would make `a != null` true for all events. That the service has no
 * null is assumed: no document names one.
 */
export function refuseNull(reader: QueryReader): void {
  if (reader.nextWord !== 'null') return;
  throw reader.unexpected(
    'a field or a value (there is no null: write ispresent(a) or not ispresent(a); a field of this name goes in back quotes)',
  );
}

function isAtReserved(reader: QueryReader): boolean {
  return RESERVED.has(reader.nextWord ?? '');
}

/** Reads a name without its back quotes. */
export function readName(reader: QueryReader, purpose: string): string {
  if (isAtReserved(reader)) {
    throw reader.unexpected(`${purpose} (a name that is a keyword goes in back quotes)`);
  }
  const start = reader.start;
  const head = reader.take(HEAD);
  if (!head) throw isUnfinished(reader) ?? reader.unexpected(purpose);
  takeHere(reader, TAIL);
  refuseForeignCharacter(reader, start);
  return reader.textFrom(start).replaceAll('`', '');
}

function isUnfinished(reader: QueryReader) {
  const start = reader.start;
  return reader.take(UNFINISHED) && reader.refusalFrom(start, 'the back quote of this name is not closed.');
}

/** Takes what stands at once behind what was taken last. @param pattern sticky */
function takeHere(reader: QueryReader, pattern: RegExp): void {
  if (reader.start === reader.end) reader.take(pattern);
}

const FOREIGN = /[\p{L}\p{N}$:[\\`.]/uy;

/** A character that only a name in back quotes may have, or that reaches into a list. */
function refuseForeignCharacter(reader: QueryReader, start: number): void {
  if (reader.start !== reader.end) return;
  const foreign = reader.take(FOREIGN)?.[0];
  if (foreign === undefined) return;
  throw reader.refusalFrom(start, `${shown(foreign)} cannot follow a name. ${adviceFor(foreign)}`);
}

function adviceFor(foreign: string): string {
  if (foreign === '[') return 'Elements of a JSON array are named by their index: items.0.id.';
  return 'A name with other characters than letters, digits, _, @ and . goes in back quotes: `a-b`.';
}
