import { compareEvents, type InputLogEvent, type Position, type StoredLogEvent } from './log-event.js';

/** State of a log stream at a legacy endpoint. The events of the last call are kept to recognize a repetition. */
export interface Sequence {
  readonly expectedToken: string;
  readonly previousToken: string | undefined;
  readonly lastCall: readonly InputLogEvent[];
}

export class LogStream {
  readonly name: string;
  readonly creationTime: number;
  lastIngestionTime: number | undefined;
  sequence: Sequence | undefined;
  /** In order. */
  readonly #events: StoredLogEvent[] = [];
  /** Events that belong before the last one of `#events`, until somebody reads. */
  #late: StoredLogEvent[] = [];
  #moves = 0;

  constructor(name: string, creationTime: number) {
    this.name = name;
    this.creationTime = creationTime;
  }

  get size(): number {
    return this.#events.length + this.#late.length;
  }

  append(events: readonly StoredLogEvent[]): void {
    for (const event of events) {
      const last = this.#events.at(-1);
      const isLate = last !== undefined && compareEvents(event, last) < 0;
      (isLate ? this.#late : this.#events).push(event);
      this.lastIngestionTime = event.ingestionTime;
    }
  }

  /**
   * Events ordered by timestamp, then by arrival. The array is the stream's own, and changes with it: who reads on after others
   * ran takes {@link readForwards} or {@link readBackwards}.
   */
  get events(): readonly StoredLogEvent[] {
    if (this.#late.length > 0) this.#insertLate();
    return this.#events;
  }

  /** Grows when an event gets another index. Events that are added at the end move none. */
  get moves(): number {
    if (this.#late.length > 0) this.#insertLate();
    return this.#moves;
  }

  /** Removes the events before a time, and returns them. */
  removeBefore(timeMs: number): readonly StoredLogEvent[] {
    const end = indexOf(this.events, { timestamp: timeMs, arrival: 0 });
    if (end === 0) return [];
    this.#moves += 1;
    this.#forgetLastCall();
    return this.#events.splice(0, end);
  }

  /** Removes the events that arrived up to this one, and returns them. */
  removeArrivals(through: number): readonly StoredLogEvent[] {
    const removed = this.events.filter(({ arrival }) => arrival <= through);
    if (removed.length === 0) return removed;
    // Mostly the first to arrive are the first in time, too.
    if (removed.at(-1) === this.#events[removed.length - 1]) this.#events.splice(0, removed.length);
    else
      this.#replaceFrom(
        0,
        this.#events.filter(({ arrival }) => arrival > through),
      );
    this.#moves += 1;
    this.#forgetLastCall();
    return removed;
  }

  /** It may have the messages that leave. */
  #forgetLastCall(): void {
    if (this.sequence !== undefined) this.sequence = { ...this.sequence, lastCall: [] };
  }

  #insertLate(): void {
    const late = this.#late.toSorted(compareEvents);
    this.#late = [];
    const start = indexOf(this.#events, late[0]!);
    this.#replaceFrom(start, merged(this.#events.slice(start), late));
  }

  #replaceFrom(start: number, events: readonly StoredLogEvent[]): void {
    this.#events.length = start;
    for (const event of events) this.#events.push(event);
    this.#moves += 1;
  }
}

/** Index of the first event at this position or after it. */
export function indexOf(events: readonly Position[], position: Position): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareEvents(events[middle]!, position) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merged(left: readonly StoredLogEvent[], right: readonly StoredLogEvent[]): StoredLogEvent[] {
  const result: StoredLogEvent[] = [];
  let next = 0;
  for (const event of left) {
    while (next < right.length && compareEvents(right[next]!, event) < 0) result.push(right[next++]!);
    result.push(event);
  }
  for (; next < right.length; next++) result.push(right[next]!);
  return result;
}
