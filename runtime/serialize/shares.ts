/** The least bytes to which a text, an array or an object can shrink: those of its mark. */
export const MARK_BYTES = 40;

/** A member of at most this size counts as small. */
export const SMALL_BYTES = 64;

/** If not all members can stay, none of those that stay gets more than this part of the room. */
const PARTS = 16;

const MAX_ROUNDS = 64;

/** Members that share a number of bytes, the room. */
export interface Claims {
  /** Bytes of each. */
  readonly sizes: readonly number[];
  /** The least bytes to which a large member can shrink. */
  readonly leastOf: (index: number) => number;
  /** Whether only the last members may leave, and do so before many shrink. */
  readonly isList: boolean;
  /** Bytes of the mark that counts the members that left. */
  readonly markBytes: number;
}

/**
 * Divides the room: bytes for each member, 0 for those that leave. If the room allows, all stay and the largest shrink to one size.
 * Otherwise the first members stay, small ones before large ones, until the room is used up.
 */
export function shares(claims: Claims, room: number): number[] {
  const { sizes, isList, markBytes } = claims;
  const large = Math.max(SMALL_BYTES, Math.floor(room / PARTS));
  const level = waterLevel(sizes, room);
  const isUseful = !isList || level >= large;
  if (isUseful && staying(claims, level) === sizes) return sizes.map((size) => Math.min(size, level));
  const left = room - markBytes;
  const most = Math.max(large, waterLevel(staying(claims, large), left));
  return isList ? firstItems(claims, most, left) : firstMembers(claims, most, left);
}

/** The sizes of members that can shrink to this level; those with long names cannot. */
function staying({ sizes, leastOf }: Claims, level: number): readonly number[] {
  const stays = (size: number, index: number): boolean => size <= level || leastOf(index) <= level;
  return sizes.every(stays) ? sizes : sizes.filter(stays);
}

function firstItems({ sizes, leastOf }: Claims, most: number, room: number): number[] {
  const granted: number[] = [];
  let left = room;
  for (let index = 0; index < sizes.length; index++) {
    const due = Math.min(sizes[index]!, most);
    const share = Math.min(due, left);
    // Leaves the last item out rather than keep little of it.
    if (share < sizes[index]! && share < Math.max(leastOf(index), due / 2)) break;
    granted.push(share);
    left -= share;
  }
  return granted;
}

function firstMembers({ sizes, leastOf }: Claims, most: number, room: number): number[] {
  const granted = sizes.map(() => 0);
  let left = room;
  for (const areSmall of [true, false]) {
    for (let index = 0; index < sizes.length; index++) {
      const share = Math.min(sizes[index]!, most, left);
      if (sizes[index]! <= SMALL_BYTES !== areSmall) continue;
      if (share < sizes[index]! && share < leastOf(index)) continue;
      granted[index] = share;
      left -= share;
    }
  }
  return granted;
}

/** About the greatest size to which the larger members can shrink so that all fit into `room`. */
function waterLevel(sizes: readonly number[], room: number): number {
  let level = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { small, larger } = dividedAt(level, sizes);
    if (larger === 0) return Infinity;
    const next = Math.floor((room - small) / larger);
    if (next <= level) return level;
    level = next;
  }
  return level;
}

/** The sum of the sizes up to a level, and the number of larger ones. */
function dividedAt(
  level: number,
  sizes: readonly number[],
): { readonly small: number; readonly larger: number } {
  let small = 0;
  let larger = 0;
  for (const size of sizes) {
    if (size > level) larger++;
    else small += size;
  }
  return { small, larger };
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
