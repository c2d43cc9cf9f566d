import { compareEvents, type Position } from '../store/log-event.js';
import { indexOf } from '../store/log-stream.js';
import { after, BEGINNING, END, startOf } from '../store/reading.js';
import type { EventPage } from './answers.js';
import { eventRow, type FoundEvent, positionOf } from './event-rows.js';
import { type Direction, firstThatFit, nextEvents, rangeOf, visitAll, type Walk } from './walk.js';
import { BadQuestion, integerParameter, timeParameter } from './question.js';

const DEFAULT_LIMIT = 200;
const MAX_LIMIT = 2_000;
/** Matches that are sorted at once. */
const MAX_FEW = 5_000;

/** Where a page begins or ends. */
interface Place {
  readonly from: Position;
  readonly direction: Direction;
}

/** Events of a selection in the order of time, and what lies around them. */
export async function eventPage(walk: Walk, query: URLSearchParams): Promise<EventPage> {
  const limit = integerParameter(query, 'limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT;
  const { from, direction } = placeOf(query);
  const { total, isWhole, next } = await counted(walk);
  const found = await next(from, limit, direction);
  const page = direction === 'forwards' ? found : found.toReversed();
  const [first, last] = [page[0], page.at(-1)];
  const earlierOnes = isWhole ? await next(first?.event ?? from, 1, 'backwards') : page;
  const laterOnes = isWhole ? await next(last === undefined ? from : after(last.event), 1, 'forwards') : page;
  return {
    events: page.map(eventRow),
    hasEarlier: earlierOnes.length > 0,
    hasLater: laterOnes.length > 0,
    total,
    ...(!isWhole && { totalIsLeast: true }),
  };
}

/** A page without a place ends with the newest event. */
function placeOf(query: URLSearchParams): Place {
  const atMs = timeParameter(query, 'at');
  if (atMs !== undefined) return { from: startOf(atMs), direction: 'forwards' };
  const last = idParameter(query, 'after');
  if (last !== undefined) return { from: after(last), direction: 'forwards' };
  return { from: idParameter(query, 'before') ?? END, direction: 'backwards' };
}

function idParameter(query: URLSearchParams, name: string): Position | undefined {
  const id = query.get(name);
  if (id === null || id === '') return undefined;
  const position = positionOf(id);
  if (position === undefined) throw new BadQuestion(`${name} must be the id of an event, not ${id}.`, name);
  return position;
}

type Next = (from: Position, limit: number, direction: Direction) => Promise<readonly FoundEvent[]>;

/** How many events a selection has, and how to find some of them. */
interface Counted {
  readonly total: number;
  /** Not if counting would have taken too long. */
  readonly isWhole: boolean;
  readonly next: Next;
}

/** Few that match among many would be far to seek for each page: counting has found them already. */
async function counted(walk: Walk): Promise<Counted> {
  const next: Next = (...question) => nextEvents(walk, ...question);
  if (walk.selection.verdicts === undefined) return { total: totalOf(walk), isWhole: true, next };
  const matches: FoundEvent[] = [];
  let total = 0;
  const isWhole = await visitAll(walk, (event, source) => {
    total += 1;
    if (total <= MAX_FEW) matches.push({ source, event });
  });
  return { total, isWhole, next: isWhole && total <= MAX_FEW ? nextOf(matches) : next };
}

function totalOf(walk: Walk): number {
  const ranges = walk.sources.map((source) => rangeOf(walk, source));
  return ranges.reduce((total, { from, to }) => total + to - from, 0);
}

function nextOf(matches: readonly FoundEvent[]): Next {
  const inOrder = matches.toSorted((left, right) => compareEvents(left.event, right.event));
  const events = inOrder.map(({ event }) => event);
  return async (from, limit, direction) => {
    const start = indexOf(events, from);
    const rest = direction === 'forwards' ? inOrder.slice(start) : inOrder.slice(0, start).toReversed();
    return firstThatFit(rest, limit);
  };
}

/** All events of a selection in the order of time, some at a time. */
export async function* allEvents(walk: Walk): AsyncGenerator<readonly FoundEvent[]> {
  let position = BEGINNING;
  for (;;) {
    const found = await nextEvents(walk, position, MAX_LIMIT, 'forwards');
    const last = found.at(-1);
    if (last === undefined) return;
    yield found;
    position = after(last.event);
  }
}
