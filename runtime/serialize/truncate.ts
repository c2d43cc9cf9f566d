import { types } from 'node:util';
import { guarded } from './guard.js';
import { fittingLength, jsonBytes } from './utf8.js';

const CUT_MARK = '…[cut]';
const CUT_MARK_BYTES = jsonBytes(CUT_MARK);

/** Members that are kept, shortened, when shortening strings alone is not enough. */
const ESSENTIAL = ['timestamp', 'level', 'message', 'service', 'requestId', 'traceId'];

/**
 * A line of at most `maxBytes`: the longest strings are shortened until it fits, it stays valid JSON, and its member
 * `truncatedFromBytes` says how long it was. A line that is no JSON object becomes one, with the text as its message.
 *
 * @param preserved members that are not shortened, by name; dots lead into nested ones. Where there is no room for all
 * of them, those at the end of the list leave first, whole.
 */
export function truncated(line: string, maxBytes: number, preserved: readonly string[] = []): string {
  const truncatedFromBytes = Buffer.byteLength(line);
  const whole = { ...asObject(line), truncatedFromBytes };
  for (const path of preserved) preserve(whole, path.split('.'));
  return (
    // Nesting that the engine can write it cannot always walk.
    guarded(() => shortened(whole, maxBytes), undefined) ??
    shortenedEssentials(whole, maxBytes, preserved.map(firstPart)) ??
    JSON.stringify({ truncatedFromBytes })
  );
}

/** A string that is not to be shortened is boxed: it has the same JSON, and it is told from the others. */
function preserve(owner: object, [key = '', ...rest]: readonly string[]): void {
  if (!Object.hasOwn(owner, key)) return;
  const members = owner as Record<string, unknown>;
  const member = members[key];
  if (rest.length === 0) members[key] = boxed(member);
  else if (typeof member === 'object' && member !== null) preserve(member, rest);
}

function boxed(value: unknown): unknown {
  if (typeof value === 'string') return Object(value);
  if (typeof value === 'object' && value !== null && !types.isStringObject(value)) {
    for (const key of Object.keys(value)) preserve(value, [key]);
  }
  return value;
}

function firstPart(path: string): string {
  return path.split('.', 1).join('');
}

function asObject(line: string): object {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // Text of a foreign logger.
  }
  return { message: line };
}

function shortenedEssentials(
  whole: Readonly<Record<string, unknown>>,
  maxBytes: number,
  preserved: readonly string[],
): string | undefined {
  const fitting = shortened(essentialsOf(whole, preserved), maxBytes);
  if (fitting !== undefined || preserved.length === 0) return fitting;
  return shortenedEssentials(whole, maxBytes, preserved.slice(0, -1));
}

function essentialsOf(
  whole: Readonly<Record<string, unknown>>,
  preserved: readonly string[],
): Record<string, unknown> {
  const kept = ESSENTIAL.filter((key) => Object.hasOwn(whole, key) && typeof whole[key] !== 'object');
  const preservedToo = preserved.filter((key) => Object.hasOwn(whole, key));
  return Object.fromEntries([...kept, ...preservedToo, 'truncatedFromBytes'].map((key) => [key, whole[key]]));
}

/** The JSON of the value with no string longer than what makes it fit; `undefined` if no length does. */
function shortened(value: object, maxBytes: number): string | undefined {
  const strings = stringsOf(value).map(jsonBytes);
  const total = Buffer.byteLength(JSON.stringify(value));
  const room = maxBytes - (total - strings.reduce((sum, bytes) => sum + bytes, 0));
  const longest = waterLevel(strings, room);
  if (longest === undefined) return undefined;
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'string' ? cut(member, longest) : member,
  );
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (types.isStringObject(value)) return [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

/** The greatest length to which all longer strings can be cut so that together they take at most `room`. */
function waterLevel(lengths: readonly number[], room: number): number | undefined {
  const descending = lengths.toSorted((a, b) => b - a);
  let rest = lengths.reduce((sum, length) => sum + length, 0);
  if (rest <= room) return Infinity;
  for (const [index, length] of descending.entries()) {
    rest -= length;
    const level = Math.floor((room - rest) / (index + 1));
    const next = descending[index + 1] ?? 0;
    if (level >= next && level >= CUT_MARK_BYTES) return level;
  }
  return undefined;
}

function cut(text: string, maxJsonBytes: number): string {
  if (text.length * 6 <= maxJsonBytes || jsonBytes(text) <= maxJsonBytes) return text;
  return text.slice(0, fittingLength(text, maxJsonBytes - CUT_MARK_BYTES)) + CUT_MARK;
}
