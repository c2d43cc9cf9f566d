import { FRAME_BYTES, QUOTES_BYTES } from './json-sizes.js';
import { isObject, type Part } from './part.js';
import { MARK_BYTES, shares } from './shares.js';
import { fittingLength } from './utf8.js';

type Members = Record<string, unknown>;

/** Name of the member that counts the members that left an object. */
const MARK_NAME = '[cut]';
const MARK_MEMBER_BYTES = `"${MARK_NAME}":"",`.length;

/** The most that a mark takes to name the members that left: bytes, and part of the room. */
const MAX_MARK_BYTES = 200;
const MARK_PART = 16;
const MAX_NAMES = 20;
const MAX_NAME_BYTES = 40;

const LEAST_MARK_BYTES = MARK_BYTES - FRAME_BYTES;

/** The mark of a list that was cut when the record was read. */
const ITEMS_MARK = /^\[cut: (\d+) more items\]$/;

/** The value of a part in at most `room` bytes, which are at least those of a mark if the value is larger. */
export function shrunkValue({ value, members, size, overhead }: Part, room: number): unknown {
  if (size - overhead <= room) return value;
  if (members) return isObject(value) ? shrunkObject(members, room) : shrunkList(members, room);
  return typeof value === 'string' ? shrunkText(value, room) : value;
}

/** Puts parts into an object, each at its path and within its share. Other parts of the same object may be there already. */
export function put(
  into: Members,
  parts: readonly Part[],
  granted: readonly number[] = parts.map(({ size }) => size),
): Members {
  for (const [index, part] of parts.entries()) {
    const share = granted[index]!;
    if (share > 0) join(into, part.path, shrunkValue(part, share - part.overhead));
  }
  return into;
}

/** An object without prototype, in which a member called __proto__ is like any other. */
export function bare(): Members {
  return Object.create(null) as Members;
}

function join(into: Members, [name = '', ...deeper]: readonly string[], value: unknown): void {
  const there = into[name];
  if (deeper.length > 0) join((into[name] ??= bare()) as Members, deeper, value);
  else if (!isObject(there) || !isObject(value)) into[name] = value;
  else for (const [inner, each] of Object.entries(value)) join(there, [inner], each);
}

function shrunkList(items: readonly Part[], room: number): unknown[] {
  const granted = shares(items, room - FRAME_BYTES, LEAST_MARK_BYTES, true);
  const end = granted.indexOf(0);
  const kept = end < 0 ? items : items.slice(0, end);
  const list = kept.map((item, index) => shrunkValue(item, granted[index]! - item.overhead));
  const missing = items.length - kept.length;
  if (missing === 0) return list;
  const before = ITEMS_MARK.exec(String(items.at(-1)!.value))?.[1];
  list.push(`[cut: ${before === undefined ? missing : missing - 1 + Number(before)} more items]`);
  return list;
}

function shrunkObject(members: readonly Part[], room: number): Members {
  const markBytes = Math.max(LEAST_MARK_BYTES, Math.min(MAX_MARK_BYTES, Math.floor(room / MARK_PART)));
  const granted = shares(members, room - FRAME_BYTES, markBytes);
  const object = put(bare(), members, granted);
  const missing = members.filter((_, index) => granted[index] === 0).map(({ path }) => path.join());
  if (missing.length > 0) object[MARK_NAME] = namesMark(missing, markBytes - MARK_MEMBER_BYTES);
  return object;
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

/** Counts the missing members and names the first ones, as far as there is room. */
function namesMark(names: readonly string[], room: number): string {
  const first = names.slice(0, MAX_NAMES).map((name) => name.slice(0, fittingLength(name, MAX_NAME_BYTES)));
  const text = `${names.length} more members: ${first.join(', ')}`;
  return text.slice(0, fittingLength(text, room));
}
