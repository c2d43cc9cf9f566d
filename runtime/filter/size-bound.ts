import { types } from 'node:util';
import type { LogRecord } from '../log-record.js';
import { plainError } from '../serialize/error.js';
import { guarded, isError } from '../serialize/guard.js';

/** Braces, time, level and the names of a line's own members. */
const OWN_MEMBERS_BYTES = 80;
/** The longest number, such as -0.0000012345678901234567, and a comma. */
const NUMBER_BYTES = 26;
/** `null`, `false`, `[]` or `{}`, and a comma. */
const WORD_BYTES = 6;
/** Quotes, colon and comma; and the line may lengthen a name. */
const NAME_BYTES = 7;
/** The most that a UTF-16 unit takes: as an escape. */
const UNIT_BYTES = 6;
const MAX_DEPTH = 20;

/**
 * Whether a record's line cannot be longer than this, as far as a look at it tells without making the line: lengths of
 * texts, numbers of members. Where looking is not enough, as with `toJSON` or a getter that throws, the answer is no.
 */
export function surelyFits(record: LogRecord, maxBytes: number): boolean {
  return guarded(() => roomAfterRecord(record, maxBytes) >= 0, false);
}

/** The room that is left, at the least; negative where there may be none. */
function roomAfterRecord({ message, fields }: LogRecord, maxBytes: number): number {
  let room = maxBytes - OWN_MEMBERS_BYTES - message.length * UNIT_BYTES;
  for (const each of fields) {
    if (room < 0) return room;
    room = roomAfterMembers(each, room, 0);
  }
  return room;
}

function roomAfter(value: unknown, room: number, depth: number): number {
  if (typeof value === 'string') return room - value.length * UNIT_BYTES - WORD_BYTES;
  if (typeof value === 'number') return room - NUMBER_BYTES;
  if (typeof value === 'boolean' || value === undefined || value === null) return room - WORD_BYTES;
  if (typeof value !== 'object' || depth > MAX_DEPTH) return -Infinity;
  if (isError(value)) return depth === 1 ? roomAfterMembers(plainError(value), room, depth) : -Infinity;
  // A boxed primitive's JSON is what its methods say.
  if (types.isBoxedPrimitive(value) || (value as { toJSON?: unknown }).toJSON !== undefined) return -Infinity;
  return Array.isArray(value)
    ? roomAfterItems(value, room - WORD_BYTES, depth)
    : roomAfterMembers(value, room - WORD_BYTES, depth);
}

function roomAfterItems(items: readonly unknown[], room: number, depth: number): number {
  let left = room;
  for (let index = 0; index < items.length && left >= 0; index++) {
    left = roomAfter(items[index], left, depth + 1);
  }
  return left;
}

function roomAfterMembers(members: object, room: number, depth: number): number {
  let left = room;
  for (const key of Object.keys(members)) {
    if (left < 0) return left;
    left -= key.length * UNIT_BYTES + NAME_BYTES;
    left = roomAfter((members as Record<string, unknown>)[key], left, depth + 1);
  }
  return left;
}
