import { cutNames } from './cut-names.js';
import { pathBytes } from './json-sizes.js';
import { bytesOf, isDeep, lineParts, nameOf, type Leaf, type LineParts } from './line-parts.js';
import { Measured } from './measured.js';
import { MARK_BYTES, shares, SMALL_BYTES, sum } from './shares.js';
import { bare, putMembers, sharesOf, shrunkValue } from './shrunk-value.js';

/** The members of a line as plain data: texts, finite numbers, booleans, null, arrays and objects, without cycles. */
export type Members = Readonly<Record<string, unknown>>;

/** The bytes that each part of a line gets. */
interface Plan {
  readonly essential: readonly number[];
  readonly rest: readonly number[];
  /** Names of the members that are cut. */
  readonly cut: readonly string[];
}

/** A plan with the names that fit into the line; a mark counts the others. */
interface NamedPlan extends Plan {
  readonly names: readonly unknown[];
}

const OWN_MEMBERS = ['truncatedFromBytes', 'truncatedFields'];

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
 * Shortens a finished line, perhaps of another logger, to at most `maxBytes`: see {@link shrunkMembers}. A line that is no JSON
 * object becomes one, with the text as its message.
 */
export function truncated(line: string, maxBytes: number, preserved: readonly string[] = []): string {
  return JSON.stringify(shrunkMembers(asObject(line), maxBytes, preserved, Buffer.byteLength(line)));
}

/** The JSON of a line in at most `maxBytes`: see {@link shrunkMembers}. */
export function shrunk(members: Members, maxBytes: number, preserved: readonly string[] = []): string {
  return JSON.stringify(shrunkMembers(members, maxBytes, preserved));
}

/**
 * Returns the members of a line if their JSON has at most `maxBytes`, else members that fit. The largest ones shrink first, to one
 * size: texts to their beginning, arrays to their first items, objects to their first members, each with a mark that counts
 * the rest. Time and level stay. The message, the ids of the request and the error shrink last. `truncatedFromBytes` is the
 * length of the whole line, and `truncatedFields` names the members that were cut.
 *
 * @param preserved names of members that are not shortened; dots lead into nested objects. If there is no room for all of them,
 * those at the end of the list are left out.
 * @param bytes length of the line. @default - the length of the JSON of the members
 */
export function shrunkMembers(
  members: Members,
  maxBytes: number,
  preserved: readonly string[] = [],
  bytes?: number,
): Members {
  const measured = new Measured(members);
  if (measured.whole && measured.bytes <= maxBytes) return members;
  const truncatedFromBytes = bytes ?? measured.bytes;
  for (const own of OWN_MEMBERS) measured.take([own]);
  const room = maxBytes - new Measured({ truncatedFromBytes }).bytes;
  const parts = lineParts(measured, preserved, room - roomForNames(room));
  const plan = bestPlan(parts, room);
  const names = plan.names.length > 0 && { truncatedFields: plan.names };
  return Object.assign(lineOf(parts, plan), { truncatedFromBytes }, names);
}

function asObject(line: string): Members {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Members;
  } catch {
    // A text of another logger.
  }
  return { message: line };
}

/**
 * Names of cut members take room, so that more members are cut. The first plan reserves the most for names, the second only what
 * the names of the first took.
 */
function bestPlan(parts: LineParts, room: number): NamedPlan {
  const namesRoom = roomForNames(room);
  const careful = named(planOf(parts, room - namesRoom), namesRoom);
  const exact = named(planOf(parts, room - bytesOfNames(careful)), namesRoom);
  return bytesOfNames(exact) <= bytesOfNames(careful) ? exact : careful;
}

function roomForNames(room: number): number {
  const some = Math.max(FEW_NAMES_BYTES, Math.floor(room / NAMES_PART));
  return Math.min(MAX_NAMES_BYTES, some, Math.floor(room / LARGE_PART));
}

function named(plan: Plan, room: number): NamedPlan {
  const names = new Measured(plan.cut);
  const left = room - NAMES_OVERHEAD_BYTES;
  if (names.bytes <= left) return { ...plan, names: plan.cut };
  return { ...plan, names: left < MARK_BYTES ? [] : (shrunkValue(plan.cut, names, left) as unknown[]) };
}

function bytesOfNames({ names }: NamedPlan): number {
  return names.length === 0 ? 0 : NAMES_OVERHEAD_BYTES + new Measured(names).bytes;
}

function planOf({ kept, essential, rest, lost }: LineParts, room: number): Plan {
  const left = room - sum(kept.map(bytesOf));
  const first = essentialShares(essential, left - claimOf(rest, left));
  const then = sharesOf(rest, left - sum(first));
  const shorter = essential.filter((leaf, index) => first[index] !== bytesOf(leaf));
  const cut = [...lost, ...kept.filter(isDeep), ...shorter].map(nameOf);
  return { essential: first, rest: then, cut: [...new Set([...cut, ...cutNames(rest, then)])] };
}

function essentialShares(leaves: readonly Leaf[], room: number): number[] {
  const leastOf = (index: number): number => leaves[index]!.overhead + MARK_BYTES;
  return shares({ sizes: leaves.map(bytesOf), leastOf, isList: false, markBytes: 0 }, room);
}

/** The least room for the rest: small members as they are, and marks of large ones. */
function claimOf({ sizes }: Measured, room: number): number {
  const small = Math.max(SMALL_BYTES, Math.floor(room / SMALL_PART));
  const claims = sizes.map((size) => (size <= small ? size : SMALL_BYTES));
  return Math.min(Math.floor(room / REST_PART), sum(claims));
}

function lineOf({ kept, essential, rest }: LineParts, plan: Plan): Record<string, unknown> {
  const line = bare();
  for (const leaf of kept) put(line, leaf, Infinity);
  for (const [index, leaf] of essential.entries()) {
    const share = plan.essential[index]!;
    if (share > 0) put(line, leaf, share === bytesOf(leaf) ? Infinity : share - leaf.overhead);
  }
  putMembers(rest, plan.rest, line);
  return line;
}

/** Puts a leaf at its path. Other leaves of the same object may be there already. */
function put(line: Record<string, unknown>, { path, value, inner }: Leaf, room: number): void {
  let owner = line;
  for (const name of path.slice(0, -1)) owner = (owner[name] ??= bare()) as Record<string, unknown>;
  const last = path.at(-1)!;
  const shorter = inner?.whole && inner.bytes <= room ? inner.whole : shrunkValue(value, inner, room);
  owner[last] = last in owner ? Object.assign(owner[last] as object, shorter) : shorter;
}
