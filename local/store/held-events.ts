import type { StoredLogEvent } from './log-event.js';
import type { LogGroup } from './log-group.js';
import type { LogStream } from './log-stream.js';

/** The events of one call, which have consecutive arrivals from `first` on. */
interface Run {
  readonly group: LogGroup;
  readonly stream: LogStream;
  readonly first: number;
  readonly last: number;
  /** Those of them that are still held, and their characters. */
  left: number;
  characters: number;
}

/** Events of a log stream that have to leave: those that arrived up to `through`. */
export interface Eviction {
  readonly group: LogGroup;
  readonly stream: LogStream;
  readonly through: number;
}

/** Share of the bound that leaves at once, so that not every call makes room. */
const ROOM = 0.01;

/** With a bound of events, their messages may have this many characters on average, and in all never less than the other number. */
const MEAN_CHARACTERS = 1_024;
const LEAST_MAX_CHARACTERS = 64 * 1_048_576;

/** Characters that the messages of all events may have where at most this many are held. */
export function maxCharactersOf(maxEvents: number): number {
  return Math.max(maxEvents * MEAN_CHARACTERS, LEAST_MAX_CHARACTERS);
}

/** Counts the events of all stores, and knows which arrived first. */
export class HeldEvents {
  readonly #max: number;
  readonly #maxCharacters: number;
  #count = 0;
  #characters = 0;
  /** In the order of arrival. Empty without a bound, because nobody has to leave then. */
  #runs: Run[] = [];
  #deadRuns = 0;

  /** @param max most events to hold; Infinity for no bound */
  constructor(max: number) {
    this.#max = max;
    this.#maxCharacters = maxCharactersOf(max);
  }

  get count(): number {
    return this.#count;
  }

  /** Whether some have to leave. */
  get isFull(): boolean {
    return this.#count > this.#max || this.#characters > this.#maxCharacters;
  }

  add(group: LogGroup, stream: LogStream, events: readonly StoredLogEvent[]): void {
    const characters = charactersOf(events);
    this.#count += events.length;
    this.#characters += characters;
    const [first, last] = [events[0], events.at(-1)];
    if (this.#max === Number.POSITIVE_INFINITY || first === undefined || last === undefined) return;
    this.#runs.push({
      group,
      stream,
      first: first.arrival,
      last: last.arrival,
      left: events.length,
      characters,
    });
  }

  /** Counts events that are held no longer, whyever. */
  remove(events: readonly StoredLogEvent[]): void {
    this.#count -= events.length;
    this.#characters -= charactersOf(events);
    let run: Run | undefined;
    for (const { arrival, message } of events) {
      if (run === undefined || arrival < run.first || arrival > run.last) run = this.#runOf(arrival);
      if (run === undefined) continue;
      run.characters -= message.length;
      if ((run.left -= 1) === 0) this.#deadRuns += 1;
    }
    if (this.#deadRuns > this.#runs.length / 2) this.#forgetDeadRuns();
  }

  /** What has to leave, the first arrivals, for the bound to hold. */
  evictions(): readonly Eviction[] {
    const through = Math.max(this.#lastOfTooMany(), this.#lastOfTooLong());
    if (through === 0) return [];
    const end = this.#runs.findIndex(({ first }) => first > through);
    const concerned = this.#runs.slice(0, end < 0 ? undefined : end);
    const streams = new Map(concerned.map(({ group, stream }) => [stream, group]));
    return Array.from(streams, ([stream, group]) => ({ group, stream, through }));
  }

  /** The last arrival that has to leave because there are too many events; 0 if there are not. */
  #lastOfTooMany(): number {
    if (this.#count <= this.#max) return 0;
    return this.#arrivalOf(this.#count - this.#max + Math.floor(this.#max * ROOM));
  }

  /** The last arrival that has to leave because the messages are too long in all: that of a whole call, but not of the last one. */
  #lastOfTooLong(): number {
    if (this.#characters <= this.#maxCharacters) return 0;
    let excess = this.#characters - this.#maxCharacters + this.#maxCharacters * ROOM;
    for (const { last, characters } of this.#runs.slice(0, -1)) if ((excess -= characters) <= 0) return last;
    return this.#runs.at(-2)?.last ?? 0;
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

function charactersOf(events: readonly StoredLogEvent[]): number {
  return events.reduce((sum, { message }) => sum + message.length, 0);
}
