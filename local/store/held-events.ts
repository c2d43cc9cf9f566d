import type { StoredLogEvent } from './log-event.js';
import type { LogGroup } from './log-group.js';
import type { LogStream } from './log-stream.js';

/** The events of one call, which have consecutive arrivals from `first` on. */
interface Run {
  readonly group: LogGroup;
  readonly stream: LogStream;
  readonly first: number;
  readonly last: number;
  /** Those of them that are still held. */
  left: number;
}

/** Events of a log stream that have to leave: those that arrived up to `through`. */
export interface Eviction {
  readonly group: LogGroup;
  readonly stream: LogStream;
  readonly through: number;
}

/** Share of the bound that leaves at once, so that not every call makes room. */
const ROOM = 0.01;

/** Counts the events of all stores, and knows which arrived first. */
export class HeldEvents {
  readonly #max: number;
  #count = 0;
  /** In the order of arrival. Empty without a bound, because nobody has to leave then. */
  #runs: Run[] = [];
  #deadRuns = 0;

  /** @param max most events to hold; Infinity for no bound */
  constructor(max: number) {
    this.#max = max;
  }

  get count(): number {
    return this.#count;
  }

  add(group: LogGroup, stream: LogStream, events: readonly StoredLogEvent[]): void {
    this.#count += events.length;
    const [first, last] = [events[0], events.at(-1)];
    if (this.#max === Number.POSITIVE_INFINITY || first === undefined || last === undefined) return;
    this.#runs.push({ group, stream, first: first.arrival, last: last.arrival, left: events.length });
  }

  /** Counts events that are held no longer, whyever. */
  remove(events: readonly StoredLogEvent[]): void {
    this.#count -= events.length;
    let run: Run | undefined;
    for (const { arrival } of events) {
      if (run === undefined || arrival < run.first || arrival > run.last) run = this.#runOf(arrival);
      if (run !== undefined && (run.left -= 1) === 0) this.#deadRuns += 1;
    }
    if (this.#deadRuns > this.#runs.length / 2) this.#forgetDeadRuns();
  }

  /** What has to leave, the first arrivals, for the bound to hold. */
  evictions(): readonly Eviction[] {
    if (this.#count <= this.#max) return [];
    const through = this.#arrivalOf(this.#count - this.#max + Math.floor(this.#max * ROOM));
    const end = this.#runs.findIndex(({ first }) => first > through);
    const concerned = this.#runs.slice(0, end < 0 ? undefined : end);
    const streams = new Map(concerned.map(({ group, stream }) => [stream, group]));
    return Array.from(streams, ([stream, group]) => ({ group, stream, through }));
  }

  /** The arrival by which this many events are reached, or more of them if some of their call left before. */
  #arrivalOf(count: number): number {
    let missing = count;
    for (const { first, last, left } of this.#runs) {
      if (left > missing) return left === last - first + 1 ? first + missing - 1 : last;
      missing -= left;
      if (missing === 0) return last;
    }
    return Number.POSITIVE_INFINITY;
  }

  #runOf(arrival: number): Run | undefined {
    let [low, high] = [0, this.#runs.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#runs[middle]!.last < arrival) low = middle + 1;
      else high = middle;
    }
    return this.#runs[low];
  }

  #forgetDeadRuns(): void {
    this.#runs = this.#runs.filter(({ left }) => left > 0);
    this.#deadRuns = 0;
  }
}
