import { guarded } from './guard.js';
import { fittingLength, jsonBytes } from './utf8.js';

const CUT_MARK = '…[cut]';
const CUT_MARK_BYTES = jsonBytes(CUT_MARK);

/** Members that are kept, shortened, when shortening strings alone is not enough. */
const ESSENTIAL = ['timestamp', 'level', 'message', 'service', 'requestId', 'traceId'];

/**
 * A line of at most `maxBytes`: the longest strings are shortened until it fits, it stays valid JSON, and its member
 * `truncatedFromBytes` says how long it was. A line that is no JSON object becomes one, with the text as its message.
 */
export function truncated(line: string, maxBytes: number): string {
  const truncatedFromBytes = Buffer.byteLength(line);
  const whole = { ...asObject(line), truncatedFromBytes };
  return (
    // Nesting that the engine can write it cannot always walk.
    guarded(() => shortened(whole, maxBytes), undefined) ??
    shortened({ ...essentialsOf(whole), truncatedFromBytes }, maxBytes) ??
    JSON.stringify({ truncatedFromBytes })
  );
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

function essentialsOf(whole: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = ESSENTIAL.filter((key) => Object.hasOwn(whole, key) && typeof whole[key] !== 'object');
  return Object.fromEntries(kept.map((key) => [key, whole[key]]));
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
