import type { AccountRegion } from '../arns.js';
import type { Change, Journal, StreamAddress } from './change.js';
import { HeldEvents, maxCharactersOf } from './held-events.js';
import { countedBytes, type Position, type StoredLogEvent } from './log-event.js';
import type { LogGroup } from './log-group.js';
import { indexOf } from './log-stream.js';
import { type Shared, Store, type Stored } from './store.js';

export type StoredListener = (stored: Stored) => void;

export interface StoresOptions {
  /** Most events to hold; those that arrived first leave for new ones. Default: no bound. */
  readonly maxEvents?: number | undefined;
  /** Called with a line for the user when the first event has to leave. Default: nobody. */
  readonly onNotice?: ((line: string) => void) | undefined;
}

/** The stores of all accounts and Regions. One that nobody has named yet is empty. */
export class Stores {
  readonly #stores = new Map<string, Store>();
  readonly #listeners = new Set<StoredListener>();
  readonly #maxEvents: number;
  readonly #onNotice: (line: string) => void;
  readonly #held: HeldEvents;
  #journal: Journal | undefined;
  #lastArrival = 0;
  #evicted = 0;
  readonly #shared: Shared = {
    commit: (change) => this.#commit(change),
    nextArrival: () => this.#lastArrival + 1,
    onStored: (stored) => this.#onStored(stored),
    onRemoved: (group, events) => this.#onRemoved(group, events),
  };

  constructor({ maxEvents = Number.POSITIVE_INFINITY, onNotice = () => undefined }: StoresOptions = {}) {
    this.#maxEvents = maxEvents;
    this.#onNotice = onNotice;
    this.#held = new HeldEvents(maxEvents);
  }

  at({ accountId, region }: AccountRegion): Store {
    const key = `${accountId}/${region}`;
    const store = this.#stores.get(key) ?? new Store({ accountId, region }, this.#shared);
    this.#stores.set(key, store);
    return store;
  }

  /** The stores that a call has named so far. */
  get all(): readonly Store[] {
    return [...this.#stores.values()];
  }

  /** Events that are held. */
  get count(): number {
    return this.#held.count;
  }

  /** Events that left because of `maxEvents`, since the start of the server. */
  get evicted(): number {
    return this.#evicted;
  }

  /** The arrival of the last event. */
  get lastArrival(): number {
    return this.#lastArrival;
  }

  /**
   * Calls a listener after each call that stored events, before its answer. One that throws changes neither the call nor what the
   * other listeners get. Returns how to stop listening.
   */
  onStored(listener: StoredListener): () => void {
    const own: StoredListener = (stored) => listener(stored);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** Removes the events that are past the retention of their log group. */
  expire(nowMs: number): void {
    for (const group of this.all.flatMap(({ groups }) => groups)) {
      if (group.settings.retentionInDays === undefined) continue;
      const expiresBeforeMs = group.expiresBeforeMs(nowMs);
      for (const stream of group.streams) this.#onRemoved(group, stream.removeBefore(expiresBeforeMs));
    }
  }

  /** Takes over what a change says of a log group or stream that it creates, or creates it if the change that did so is lost. */
  restore(change: Change): void {
    const store = this.at(change);
    const stream = change.op === 'createLogStream' && store.streamAt(change.group, change.stream);
    if (stream) stream.lastIngestionTime = change.lastIngestionTime ?? stream.lastIngestionTime;
    else if (change.op === 'createLogGroup' && store.has(change.group))
      store.group(change.group).applySettings(change.settings);
    else store.apply(change);
  }

  /** Whether this event of a log stream is still stored. */
  holds(address: StreamAddress, position: Position): boolean {
    const events = this.at(address).streamAt(address.group, address.stream)?.events ?? [];
    return events[indexOf(events, position)]?.arrival === position.arrival;
  }

  /** Keeps all changes in a journal from now on. */
  keepIn(journal: Journal): void {
    this.#journal = journal;
  }

  /** Makes a change that is kept already. */
  apply(change: Change): void {
    this.at(change).apply(change);
  }

  /** The changes that lead to this state, without the events. `lastArrival` is told apart. */
  changes(): readonly Change[] {
    return this.all.flatMap((store) => store.changes());
  }

  /** Goes on after this arrival, which a journal has. */
  continueAfter(arrival: number): void {
    this.#lastArrival = Math.max(this.#lastArrival, arrival);
  }

  #commit(change: Change): void {
    this.#journal?.write(change);
    this.apply(change);
  }

  #onStored(stored: Stored): void {
    const { group, stream, events } = stored;
    group.storedBytes += bytesOf(events);
    this.continueAfter(events.at(-1)?.arrival ?? 0);
    this.#held.add(group, stream, events);
    this.#notify(stored);
    if (this.#held.isFull) this.#makeRoom(events[0]!.ingestionTime);
  }

  #notify(stored: Stored): void {
    for (const listener of this.#listeners) {
      try {
        listener(stored);
      } catch {
        // The events are stored, whatever a reader of them does.
      }
    }
  }

  /**
   * Events past their retention go first. A restart reads back those that a file still has, and they must not drive out the ones that
   * were held.
   */
  #makeRoom(nowMs: number): void {
    this.expire(nowMs);
    this.#evict();
  }

  #evict(): void {
    for (const { group, stream, through } of this.#held.evictions()) {
      const events = stream.removeArrivals(through);
      if (this.#evicted === 0) this.#onNotice(evictionNotice(this.#maxEvents));
      this.#evicted += events.length;
      this.#onRemoved(group, events);
    }
  }

  #onRemoved(group: LogGroup, events: readonly StoredLogEvent[]): void {
    group.storedBytes -= bytesOf(events);
    this.#held.remove(events);
    this.#journal?.release(events);
  }
}

function bytesOf(events: readonly StoredLogEvent[]): number {
  return events.reduce((sum, { message }) => sum + countedBytes(message), 0);
}

function evictionNotice(maxEvents: number): string {
  const count = maxEvents.toLocaleString('en-US');
  const mebibytes = Math.round(maxCharactersOf(maxEvents) / 1_048_576).toLocaleString('en-US');
  return `There are more than ${count} events, or more than ${mebibytes} MiB of them: those that arrived first are removed from now on. More are kept with a greater maxEvents (--max-events).`;
}
