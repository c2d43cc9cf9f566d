import { cutNames } from './cut-names.js';
import { bytesOf, FRAME_BYTES, pathBytes, sum } from './json-sizes.js';
import { lineParts, OWN_MEMBERS, type LineParts } from './line-parts.js';
import { isObject, type Part, partOf, sizeOf } from './part.js';
import { MAX_DEPTH, TOO_DEEP } from './reading.js';
import { MARK_BYTES, shares, SMALL_BYTES } from './shares.js';
import { bare, put, shrunkValue } from './shrunk-value.js';

/** The members of a line as plain data: texts, finite numbers, booleans, null, arrays and objects, without cycles. */
export type Members = Readonly<Record<string, unknown>>;

interface Shrunk {
  readonly line: Record<string, unknown>;
  /** The member that names the members that were cut; without one, nothing was cut or there is no room. */
  readonly names: { readonly truncatedFields?: unknown };
}

/** Bounds for the names of the cut members: at least a few, and never a large part of the line. */
const MAX_NAMES_BYTES = 1_024;
const FEW_NAMES_BYTES = 64;
const NAMES_PART = 8;
const LARGE_PART = 4;
const NAMES_OVERHEAD_BYTES = pathBytes(['truncatedFields']);

/** However large the message is, small members of the rest have this part of the room. */
const REST_PART = 4;
const SMALL_PART = 16;

/**
 * Shortens a line of too many bytes to members whose JSON has at most `maxBytes`. The largest ones shrink first, to one size: texts
 * to their beginning, arrays to their first items, objects to their first members, each with a mark that counts the rest. Time and
 * level stay. The message, the ids of the request and the error shrink last. `truncatedFromBytes` is the length of the whole line,
 * and `truncatedFields` names the members that were cut.
 *
 * @param bytes length of the line
 * @param preserved names of members that are not shortened; dots lead into nested objects. If there is no room for all of them,
 * those at the end of the list are left out.
 */
export function shrunkMembers(
  members: Members,
  bytes: number,
  maxBytes: number,
  preserved: readonly string[] = [],
): Members {
  const length = { truncatedFromBytes: bytes };
  const room = maxBytes - bytesOf(length);
  const parts = lineParts(members, preserved, room - roomForNames(room));
  const { line, names } = bestLine(members, parts, room);
  return Object.assign(line, length, names);
}

/** Names take room, so that more is cut. The first line reserves the most for names, the second only the bytes of the first names. */
function bestLine(whole: Members, parts: LineParts, room: number): Shrunk {
  const careful = shrunkLine(whole, parts, room, roomForNames(room));
  const exact = shrunkLine(whole, parts, room, memberBytes(careful.names));
  return memberBytes(exact.names) <= memberBytes(careful.names) ? exact : careful;
}

function shrunkLine(whole: Members, parts: LineParts, room: number, reserved: number): Shrunk {
  const line = lineOf(parts, room - reserved);
  const cut = cutNames(whole, line).filter((name) => !OWN_MEMBERS.includes(name));
  return { line, names: named(cut, roomForNames(room)) };
}

/** The members of a line, perhaps of another logger. Text that is no JSON object becomes the message of one. */
export function membersOfLine(line: string): Members {
  try {
    const parsed: unknown = bounded(JSON.parse(line));
    if (isObject(parsed)) return parsed;
  } catch {
    // Another logger may write any text.
  }
  return { message: line };
}

/** Replaces values that are nested deeper than {@link MAX_DEPTH}, as a line of our own does. */
function bounded(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return TOO_DEEP;
  if (Array.isArray(value)) return value.map((item) => bounded(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, bounded(each, depth + 1)]));
}

function roomForNames(room: number): number {
  const some = Math.max(FEW_NAMES_BYTES, Math.floor(room / NAMES_PART));
  return Math.min(MAX_NAMES_BYTES, some, Math.floor(room / LARGE_PART));
}

/** Names as many members as there is room for, and counts the others. */
function named(cut: readonly string[], room: number): Shrunk['names'] {
  const left = room - NAMES_OVERHEAD_BYTES;
  const isEmpty = cut.length === 0 || (left < MARK_BYTES && bytesOf(cut) > left);
  return isEmpty ? {} : { truncatedFields: shrunkValue(partOf(cut), left) };
}

/** Bytes of members in a line, with a comma. */
function memberBytes(members: Members): number {
  return bytesOf(members) - FRAME_BYTES;
}

function lineOf({ kept, essential, rest }: LineParts, room: number): Record<string, unknown> {
  const left = room - sizeOf(kept);
  const first = shares(essential, left - claimOf(rest, left));
  const then = shares(rest, left - sum(first));
  return put(put(put(bare(), kept), essential, first), rest, then);
}

/** The least room for the rest: small members as they are, and marks of large ones. */
function claimOf(rest: readonly Part[], room: number): number {
  const small = Math.max(SMALL_BYTES, Math.floor(room / SMALL_PART));
  const claims = rest.map(({ size }) => (size <= small ? size : SMALL_BYTES));
  return Math.min(Math.floor(room / REST_PART), sum(claims));
}
