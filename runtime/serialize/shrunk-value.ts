import { QUOTES_BYTES } from './json-sizes.js';
import type { Measured } from './measured.js';
import { TOO_DEEP } from './reading.js';
import { MARK_BYTES, shares } from './shares.js';
import { fittingLength } from './utf8.js';

/** Name of the member that counts the members that left an object. */
const MARK_NAME = '[cut]';
const MARK_MEMBER_BYTES = `"${MARK_NAME}":"",`.length;

/** The most that a mark takes to name the members that left: bytes, and part of the room. */
const MAX_MARK_BYTES = 200;
const MARK_PART = 16;
const MAX_NAMES = 20;
const MAX_NAME_BYTES = 40;

/** Braces, less the comma that the last member does not need. */
const FRAME_BYTES = 1;
const LEAST_MARK_BYTES = MARK_BYTES - FRAME_BYTES;

/** A value in at most `room` bytes, which are at least those of a mark if the value is larger. */
export function shrunkValue(value: unknown, inner: Measured | undefined, room: number): unknown {
  if (inner) return inner.names ? shrunkObject(inner, room) : shrunkList(inner, room);
  if (typeof value === 'object' && value !== null) return TOO_DEEP;
  return typeof value === 'string' && room < Infinity ? shrunkText(value, room) : value;
}

/** Divides the room of a container among its members, less the bytes for braces and mark. */
export function sharesIn(owner: Measured, room: number): number[] {
  return sharesOf(owner, room - FRAME_BYTES, owner.names ? markBytesIn(room) : LEAST_MARK_BYTES);
}

/** Divides a room among members, without braces. */
export function sharesOf(owner: Measured, room: number, markBytes = 0): number[] {
  const leastOf = (index: number): number => owner.overhead(index) + MARK_BYTES;
  return shares({ sizes: owner.sizes, leastOf, isList: !owner.names, markBytes }, room);
}

/** Puts members into an object, each within its share. A part of a member that is an object may be there already. */
export function putMembers(owner: Measured, granted: readonly number[], into: Record<string, unknown>): void {
  for (const [index, name] of owner.names!.entries()) {
    const share = granted[index]!;
    if (share > 0) into[name] = member(owner, index, share, into[name] as Record<string, unknown>);
  }
}

/** An object without prototype, in which a member called __proto__ is like any other. */
export function bare(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

/** The mark of a list that was cut when the record was read. */
const ITEMS_MARK = /^\[cut: (\d+) more items\]$/;

function shrunkList(list: Measured, room: number): unknown[] {
  const granted = sharesIn(list, room).filter((share) => share > 0);
  const items = granted.map((share, index) => member(list, index, share));
  const missing = list.sizes.length - items.length;
  if (missing === 0) return items;
  const before = ITEMS_MARK.exec(String(list.values.at(-1)))?.[1];
  items.push(`[cut: ${before === undefined ? missing : missing - 1 + Number(before)} more items]`);
  return items;
}

function shrunkObject(object: Measured, room: number, into = bare()): Record<string, unknown> {
  const granted = sharesIn(object, room);
  putMembers(object, granted, into);
  const missing = object.names!.filter((_, index) => granted[index] === 0);
  if (missing.length > 0) into[MARK_NAME] = namesMark(missing, markBytesIn(room) - MARK_MEMBER_BYTES);
  return into;
}

function member(owner: Measured, index: number, share: number, into?: Record<string, unknown>): unknown {
  const isWhole = share === owner.sizes[index];
  if (isWhole && owner.isWhole(index)) return owner.values[index];
  const room = isWhole ? Infinity : share - owner.overhead(index);
  const inner = owner.inner(index);
  return into && inner?.names
    ? shrunkObject(inner, room, into)
    : shrunkValue(owner.values[index], inner, room);
}

/** The beginning of a text, with a mark that counts the missing characters. */
function shrunkText(whole: string, room: number): string {
  const at = whole.endsWith(TEXT_MARK_END) ? whole.lastIndexOf(TEXT_MARK_START) : -1;
  const before = at < 0 ? NaN : Number(whole.slice(at + TEXT_MARK_START.length, -TEXT_MARK_END.length));
  return before > 0 ? cutText(whole.slice(0, at), room, before) : cutText(whole, room, 0);
}

/** @param before characters that were missing when the record was read */
function cutText(text: string, room: number, before: number): string {
  const most = text.length + before;
  const kept = fittingLength(text, room - Buffer.byteLength(textMark(most)) - QUOTES_BYTES);
  // The mark was measured for the most missing characters; fewer of them may need fewer digits.
  const spare = String(most).length - String(most - kept).length;
  const length = kept + fittingLength(text, spare, kept);
  return text.slice(0, length) + textMark(most - length);
}

const TEXT_MARK_START = '…[cut: ';
const TEXT_MARK_END = ' characters]';

function textMark(missing: number): string {
  return TEXT_MARK_START + missing + TEXT_MARK_END;
}

function markBytesIn(room: number): number {
  return Math.max(LEAST_MARK_BYTES, Math.min(MAX_MARK_BYTES, Math.floor(room / MARK_PART)));
}

/** Counts the missing members and names the first ones, as far as there is room. */
function namesMark(names: readonly string[], room: number): string {
  const first = names.slice(0, MAX_NAMES).map((name) => name.slice(0, fittingLength(name, MAX_NAME_BYTES)));
  const text = `${names.length} more members: ${first.join(', ')}`;
  return text.slice(0, fittingLength(text, room));
}
