import { compareEvents, type Position, type StoredLogEvent } from './log-event.js';
import { indexOf, type LogStream } from './log-stream.js';

/** An event and where it is. */
export interface Found {
  readonly event: StoredLogEvent;
  readonly stream: LogStream;
}

/**
 * Which events to read: from the first position on, and before the second. A position lies between events: one with an
 * arrival of 0 is before all events of its time.
 */
export interface Span {
  readonly from: Position;
  readonly to: Position;
}

/** What a span of everything begins and ends with. */
export const BEGINNING: Position = { timestamp: Number.NEGATIVE_INFINITY, arrival: 0 };
export const END: Position = { timestamp: Number.POSITIVE_INFINITY, arrival: 0 };

/** The position before all events of a time. */
export function startOf(timestamp: number): Position {
  return { timestamp, arrival: 0 };
}

/** The position after an event, and before all that follow it. */
export function after({ timestamp, arrival }: Position): Position {
  return { timestamp, arrival: arrival + 1 };
}

export function later(left: Position, right: Position): Position {
  return compareEvents(left, right) < 0 ? right : left;
}

export function earlier(left: Position, right: Position): Position {
  return compareEvents(left, right) < 0 ? left : right;
}

/**
 * The events of some streams in one order, by timestamp and then by arrival. Costs a binary search for each stream, and then for each
 * event that the reader takes some comparisons: the reader stops at the end of its page. A reader may let others run between two
 * events. Then it meets those that arrived meanwhile if their place is still ahead, and none twice.
 */
export function* readForwards(streams: readonly LogStream[], span: Span): Generator<Found> {
  yield* interleaved(streams.map((stream) => new Cursor(stream, span, FORWARDS)));
}

/** The same from the end of the span to its beginning. */
export function* readBackwards(streams: readonly LogStream[], span: Span): Generator<Found> {
  yield* interleaved(streams.map((stream) => new Cursor(stream, span, BACKWARDS)));
}

const FORWARDS = 1;
const BACKWARDS = -1;
type Direction = typeof FORWARDS | typeof BACKWARDS;

/** Walks through one stream. */
class Cursor {
  readonly stream: LogStream;
  readonly direction: Direction;
  /** The next event; `undefined` at the end. */
  event: StoredLogEvent | undefined;
  readonly #span: Span;
  #index: number;
  #moves: number;

  constructor(stream: LogStream, span: Span, direction: Direction) {
    this.stream = stream;
    this.direction = direction;
    this.#span = span;
    const { events } = stream;
    this.#moves = stream.moves;
    this.#index = direction === FORWARDS ? indexOf(events, span.from) : indexOf(events, span.to) - 1;
    this.event = this.#within(events[this.#index]);
  }

  advance(): void {
    const last = this.event!;
    if (this.#moves === this.stream.moves) this.#index += this.direction;
    else this.#index = this.#indexBeside(last);
    this.#moves = this.stream.moves;
    this.event = this.#within(this.stream.events[this.#index]);
  }

  /** Where to go on from an event whose index has changed. */
  #indexBeside(last: StoredLogEvent): number {
    const { events } = this.stream;
    return this.direction === FORWARDS ? indexOf(events, after(last)) : indexOf(events, last) - 1;
  }

  #within(event: StoredLogEvent | undefined): StoredLogEvent | undefined {
    if (event === undefined) return undefined;
    const { from, to } = this.#span;
    const isWithin =
      this.direction === FORWARDS ? compareEvents(event, to) < 0 : compareEvents(event, from) >= 0;
    return isWithin ? event : undefined;
  }
}

/** Takes the next event of all from a heap: each cursor's event comes before those of the two below it. */
function* interleaved(cursors: readonly Cursor[]): Generator<Found> {
  const heap = cursors.filter(({ event }) => event !== undefined);
  for (let index = heap.length >>> 1; index >= 0; index--) sink(heap, index);
  for (let first = heap[0]; first !== undefined; first = heap[0]) {
    yield { event: first.event!, stream: first.stream };
    first.advance();
    if (first.event === undefined) replaceFirst(heap);
    sink(heap, 0);
  }
}

function replaceFirst(heap: Cursor[]): void {
  const last = heap.pop()!;
  if (heap.length > 0) heap[0] = last;
}

function sink(heap: Cursor[], start: number): void {
  let index = start;
  for (;;) {
    let child = 2 * index + 1;
    if (child + 1 < heap.length && comesBefore(heap[child + 1]!, heap[child]!)) child += 1;
    if (child >= heap.length || !comesBefore(heap[child]!, heap[index]!)) return;
    [heap[index], heap[child]] = [heap[child]!, heap[index]!];
    index = child;
  }
}

function comesBefore(left: Cursor, right: Cursor): boolean {
  return left.direction * compareEvents(left.event!, right.event!) < 0;
}
