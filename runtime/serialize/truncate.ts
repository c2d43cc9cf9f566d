import { cutNames } from './cut-names.js';
import { pathBytes } from './json-sizes.js';
import { bytesOf, isDeep, lineParts, nameOf, type Leaf, type LineParts } from './line-parts.js';
import { Measured } from './measured.js';
import { MARK_BYTES, shares, SMALL_BYTES, sum } from './shares.js';
import { bare, putMembers, sharesOf, shrunkValue } from './shrunk-value.js';

/** A line as a plain tree: texts, finite numbers, truth values, null, arrays and objects, without cycles. */
export type Members = Readonly<Record<string, unknown>>;

/** What each part of a line gets of a room. */
interface Plan {
  readonly essential: readonly number[];
  readonly rest: readonly number[];
  /** Names of what is cut. */
  readonly cut: readonly string[];
}

/** A plan, and the names that are written: perhaps not all, but how many more there are. */
interface NamedPlan extends Plan {
  readonly names: readonly unknown[];
}

const OWN_MEMBERS = ['truncatedFromBytes', 'truncatedFields'];

/** The most for the names of what was cut: at least a few, and never a large part of the line. */
const MAX_NAMES_BYTES = 1_024;
const FEW_NAMES_BYTES = 64;
const NAMES_PART = 8;
const LARGE_PART = 4;
const NAMES_OVERHEAD_BYTES = pathBytes(['truncatedFields']);

/** However large the message is, small members of the rest are whole, as far as this part of the room is enough. */
const REST_PART = 4;
const SMALL_PART = 16;

/**
 * A finished line, of another logger perhaps, in at most `maxBytes`: see {@link shrunkMembers}. A line that is no JSON
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
 * The members of a line, if their JSON has at most `maxBytes`; else members that fit. The largest shrink first, to one
 * size: texts to a head, arrays to their first items, objects to their first members, each with a mark that counts what
 * is missing. Time and level stay. The message, the identity of the request and the error that the line is about shrink
 * last. `truncatedFromBytes` says how long the line was, and `truncatedFields` names what was cut.
 *
 * @param preserved members that are not shortened, by name; dots lead into nested objects. Where there is no room for all
 * of them, those at the end of the list leave first, whole.
 * @param bytes how long the line was, if it was not the JSON of the members
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
    // Text of a foreign logger.
  }
  return { message: line };
}

/** Names take room, and with less room more is cut. The first plan leaves room for all the names that it needs. */
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

/** Room that the rest needs at the least: for small members, and for the marks of large ones. */
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

/** Puts a leaf where its path leads. Of an object, other leaves may be there already. */
function put(line: Record<string, unknown>, { path, value, inner }: Leaf, room: number): void {
  let owner = line;
  for (const name of path.slice(0, -1)) owner = (owner[name] ??= bare()) as Record<string, unknown>;
  const last = path.at(-1)!;
  const shorter = inner?.whole && inner.bytes <= room ? inner.whole : shrunkValue(value, inner, room);
  owner[last] = last in owner ? Object.assign(owner[last] as object, shorter) : shorter;
}
