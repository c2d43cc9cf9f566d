/** The least bytes to which a text, an array or an object can shrink: those of its mark. */
export const MARK_BYTES = 40;

/** A member of at most this size counts as small. */
export const SMALL_BYTES = 64;

/** If not all members can stay, none of those that stay gets more than this part of the room. */
const PARTS = 16;

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
  return firstOnes(claims, most, left);
}

/** The sizes of members that can shrink to this level; those with long names cannot. */
function staying({ sizes, leastOf }: Claims, level: number): readonly number[] {
  const stays = (size: number, index: number): boolean => size <= level || leastOf(index) <= level;
  return sizes.every(stays) ? sizes : sizes.filter(stays);
}

/** The first items of a list; of an object, the first small members and then the first large ones. */
function firstOnes({ sizes, leastOf, isList }: Claims, most: number, room: number): number[] {
  const granted = sizes.map(() => 0);
  let left = room;
  for (const index of isList ? sizes.keys() : smallFirst(sizes)) {
    const size = sizes[index]!;
    const due = Math.min(size, most);
    const share = Math.min(due, left);
    // Leaves a member out rather than keep little of it.
    if (share === size || share >= Math.max(leastOf(index), due / 2)) left -= granted[index] = share;
    else if (isList) break;
  }
  return granted;
}

function smallFirst(sizes: readonly number[]): number[] {
  const isSmall = (index: number): boolean => sizes[index]! <= SMALL_BYTES;
  const indexes = [...sizes.keys()];
  return [...indexes.filter(isSmall), ...indexes.filter((index) => !isSmall(index))];
}

/** The greatest size to which the larger members can shrink so that all fit into `room`; `Infinity` if all fit as they are. */
function waterLevel(sizes: readonly number[], room: number): number {
  let left = room;
  for (const [index, size] of Uint32Array.from(sizes).toSorted().entries()) {
    const level = Math.floor(left / (sizes.length - index));
    if (size > level) return level;
    left -= size;
  }
  return Infinity;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
