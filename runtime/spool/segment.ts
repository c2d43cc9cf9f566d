import type { Backing, EncodedBatch } from '../batch/encoded-batch.js';
import type { LogEvent } from '../batch/log-event.js';
import { tagIn } from './names.js';

/** The events of a segment, as far as this process knows them. */
export interface Contents {
  readonly events: number;
  readonly firstTimestamp: number;
  readonly lastTimestamp: number;
}

export const NO_CONTENTS: Contents = { events: 0, firstTimestamp: Infinity, lastTimestamp: -Infinity };

/** The contents with one more event. */
export function plus({ events, firstTimestamp, lastTimestamp }: Contents, { timestamp }: LogEvent): Contents {
  return {
    events: events + 1,
    firstTimestamp: Math.min(firstTimestamp, timestamp),
    lastTimestamp: Math.max(lastTimestamp, timestamp),
  };
}

/**
 * A file with the events of one batch. Its deletion is the acknowledgement: it lies on disk until all of them are
 * settled.
 */
export class Segment implements Backing {
  readonly name: string;
  bytes: number;
  /** By which {@link tagOf} knows its target. */
  tag: string;
  /** `undefined` while it is unread: a dead process wrote it, and its events are not accepted here yet. */
  contents: Contents | undefined;
  /** `held`: its events are in memory too, and pending; `resting`, and `loading` from there: on disk only. */
  state: 'held' | 'resting' | 'loading' | 'gone' = 'resting';
  isReplayed = false;
  /** The disk did not give it back; that may change. */
  isUnreadable = false;
  readonly #onReleased: (segment: Segment) => void;
  #left = 0;

  constructor(name: string, bytes: number, onReleased: (segment: Segment) => void) {
    this.name = name;
    this.bytes = bytes;
    this.tag = tagIn(name);
    this.#onReleased = onReleased;
  }

  get events(): number {
    return this.contents?.events ?? 0;
  }

  /** Events that are in memory too, and not settled. */
  get pending(): number {
    return this.state === 'held' ? this.#left : 0;
  }

  /** Whether it is being read for the first time, after which its events are known. */
  get isUnknown(): boolean {
    return this.state === 'loading' && !this.contents;
  }

  /** Its events are in memory, as these batches together. */
  hold(batches: readonly EncodedBatch[]): void {
    this.state = 'held';
    this.#left = batches.reduce((sum, { count }) => sum + count, 0);
  }

  /** Whether it has exactly the events of this batch. */
  isExactly(batch: EncodedBatch): boolean {
    return this.state === 'held' && this.events === batch.count && this.#left === batch.count;
  }

  release(count: number): void {
    this.#left -= count;
    if (this.#left <= 0 && this.state === 'held') this.#onReleased(this);
  }
}
