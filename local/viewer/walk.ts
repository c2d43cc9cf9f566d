import type { Position, StoredLogEvent } from '../store/log-event.js';
import { indexOf } from '../store/log-stream.js';
import {
  after,
  BEGINNING,
  earlier,
  END,
  type Found,
  later,
  readBackwards,
  readForwards,
  startOf,
} from '../store/reading.js';
import type { FoundEvent } from './event-rows.js';
import type { Selection } from './selection.js';
import type { Source } from './source.js';
import type { Turns } from '../turns.js';

/** The events of a log stream that a selection may see, without its filter: from one index to another, which is excluded. */
export interface Range {
  readonly events: readonly StoredLogEvent[];
  readonly from: number;
  readonly to: number;
}

/** What a walk over a selection needs. */
export interface Walk {
  readonly selection: Selection;
  readonly sources: readonly Source[];
  readonly nowMs: number;
  readonly turns: Turns;
}

export function rangeOf({ selection, nowMs }: Walk, { group, stream }: Source): Range {
  const { events } = stream;
  const firstMs = Math.max(selection.startMs, group.expiresBeforeMs(nowMs));
  const [from, to] = [firstMs, selection.endMs].map((timestamp) => indexOf(events, startOf(timestamp)));
  return { events, from: from!, to: Math.max(from!, to!) };
}

/**
 * Visits each event of a selection, stream by stream. Events that arrive meanwhile may be visited or not.
 *
 * @returns whether all were visited; not if the turns were spent
 */
export async function visitAll(
  walk: Walk,
  visit: (event: StoredLogEvent, source: Source) => void,
): Promise<boolean> {
  for (const source of walk.sources) {
    let position: Position | undefined = BEGINNING;
    while (position !== undefined) {
      position = visitTurn(walk, source, position, visit);
      if (position === undefined) continue;
      if (walk.turns.areSpent()) return false;
      await walk.turns.next();
    }
  }
  return true;
}

/** @returns where to go on, because a call may change the stream between two turns */
function visitTurn(
  walk: Walk,
  source: Source,
  position: Position,
  visit: (event: StoredLogEvent, source: Source) => void,
): Position | undefined {
  const { events, from, to } = rangeOf(walk, source);
  const { verdicts } = walk.selection;
  for (let index = Math.max(from, indexOf(events, position)); index < to; index += 1) {
    const event = events[index]!;
    if (verdicts === undefined || verdicts.of(event)) visit(event, source);
    if (walk.turns.isOver(event.message)) return after(event);
  }
  return undefined;
}

export type Direction = 'forwards' | 'backwards';

/** Characters of messages after which a page ends: 1,000 lines of a mebibyte each would be more than an answer can be. */
const MAX_PAGE_CHARACTERS = 4 * 1_048_576;

/** The first ones that one page may have: `limit` at most, fewer where lines are long. */
export function firstThatFit(found: Iterable<FoundEvent>, limit: number): FoundEvent[] {
  const page: FoundEvent[] = [];
  let characters = 0;
  for (const each of found) {
    page.push(each);
    characters += each.event.message.length;
    if (page.length >= limit || characters >= MAX_PAGE_CHARACTERS) break;
  }
  return page;
}

/** Events of a selection in the order of time from a position on, or backwards from it. Finds at most `limit`, and fewer where lines are long. */
export async function nextEvents(
  walk: Walk,
  from: Position,
  limit: number,
  direction: Direction,
): Promise<FoundEvent[]> {
  const { selection, sources, turns } = walk;
  const bySource = new Map(sources.map((source) => [source.stream, source]));
  const found: FoundEvent[] = [];
  let characters = 0;
  for (const { event, stream } of read(walk, from, direction)) {
    const source = bySource.get(stream)!;
    const isMatch = selection.verdicts?.of(event) ?? true;
    if (isMatch && !isExpired(walk, source, event)) {
      found.push({ source, event });
      characters += event.message.length;
    }
    if (found.length >= limit || characters >= MAX_PAGE_CHARACTERS) break;
    if (turns.isOver(event.message)) await turns.next();
  }
  return found;
}

/** Visits each event of a selection, the last one in time first, until `visit` returns false. */
export async function visitBackwards(walk: Walk, visit: (found: FoundEvent) => boolean): Promise<void> {
  const { selection, sources, turns } = walk;
  const bySource = new Map(sources.map((source) => [source.stream, source]));
  for (const { event, stream } of read(walk, END, 'backwards')) {
    const source = bySource.get(stream)!;
    const isMatch = !isExpired(walk, source, event) && (selection.verdicts?.of(event) ?? true);
    if (isMatch && !visit({ source, event })) return;
    if (turns.isOver(event.message)) await turns.next();
  }
}

function read({ selection, sources }: Walk, from: Position, direction: Direction): Iterable<Found> {
  const streams = sources.map(({ stream }) => stream);
  const [start, end] = [startOf(selection.startMs), startOf(selection.endMs)];
  return direction === 'forwards'
    ? readForwards(streams, { from: later(start, from), to: end })
    : readBackwards(streams, { from: start, to: earlier(end, from) });
}

function isExpired({ nowMs }: Walk, { group }: Source, { timestamp }: StoredLogEvent): boolean {
  return timestamp < group.expiresBeforeMs(nowMs);
}
