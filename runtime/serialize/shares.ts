import { sum } from './json-sizes.js';
import type { Part } from './part.js';

/** The least bytes to which a text, an array or an object can shrink: those of its mark. */
export const MARK_BYTES = 40;

/** A member of at most this size counts as small. */
export const SMALL_BYTES = 64;

/** If not all members can stay, none of those that stay gets more than this part of the room. */
const PARTS = 16;

/**
 * Divides a room: bytes for each part, 0 for those that leave. If the room allows, all stay and the largest shrink to one size.
 * Otherwise the first ones stay, small ones before large ones, until the room is used up. Items of a list stay in order, and leave
 * before many of them shrink.
 *
 * @param markBytes bytes of the mark that counts the parts that left
 */
export function shares(parts: readonly Part[], room: number, markBytes = 0, isList = false): number[] {
  const large = Math.max(SMALL_BYTES, Math.floor(room / PARTS));
  const level = waterLevel(parts, room);
  const isUseful = !isList || level >= large;
  if (isUseful && parts.every(canShrinkTo(level))) return parts.map(({ size }) => Math.min(size, level));
  const left = room - markBytes;
  const isAnyLarger = parts.some(({ size }) => size > large);
  const most = isAnyLarger ? Math.max(large, waterLevel(parts.filter(canShrinkTo(large)), left)) : large;
  return firstShares(parts, most, left, isList);
}

/** Whether a part can shrink to this size; one with a long name cannot. */
function canShrinkTo(level: number): (part: Part) => boolean {
  return ({ size, overhead }) => size <= level || overhead + MARK_BYTES <= level;
}

function firstShares(parts: readonly Part[], most: number, room: number, isList: boolean): number[] {
  const granted = parts.map(() => 0);
  let left = room;
  for (const index of isList ? parts.keys() : smallFirst(parts)) {
    const { size, overhead } = parts[index]!;
    const due = Math.min(size, most);
    const share = Math.min(due, left);
    // Leaves a member out rather than keep little of it.
    if (share === size || share >= Math.max(overhead + MARK_BYTES, due / 2)) left -= granted[index] = share;
    else if (isList) break;
  }
  return granted;
}

function smallFirst(parts: readonly Part[]): number[] {
  const isSmall = (index: number): boolean => parts[index]!.size <= SMALL_BYTES;
  const indexes = [...parts.keys()];
  return [...indexes.filter(isSmall), ...indexes.filter((index) => !isSmall(index))];
}

/** The greatest size to which the larger parts can shrink so that all fit into `room`; `Infinity` if all fit as they are. */
function waterLevel(parts: readonly Part[], room: number): number {
  let left = room;
  for (let larger = parts.map(({ size }) => size); larger.length > 0;) {
    const level = Math.floor(left / larger.length);
    const still = larger.filter((size) => size > level);
    if (still.length === larger.length) return level;
    left -= sum(larger) - sum(still);
    larger = still;
  }
  return Infinity;
}
