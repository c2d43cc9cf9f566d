import type { CloudWatchValues } from '../../contract/sections.js';
import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { LogEvent } from '../batch/log-event.js';
import { needStack } from '../io/stack.js';
import type { DeliveryQueue } from './delivery-queue.js';
import { makeRoom, moveOut, type Held, type UnsealedEvents } from './overflow.js';

export interface RoomParts {
  readonly settings: Pick<CloudWatchValues, 'maxQueueBytes' | 'maxQueueEvents' | 'overflowPolicy'>;
  readonly queue: DeliveryQueue;
  readonly unsealed: UnsealedEvents;
  /** Lets a batch rest on disk, and says whether it does. @default - there is no disk */
  readonly keep: ((batch: EncodedBatch) => boolean) | undefined;
  /** Called when batches have left the queue: with the events that were given up, or with nothing for a batch that is on disk. */
  readonly onLeft: (removed: EncodedBatch | undefined) => void;
}

/** The share of `maxQueueBytes` from which producers that can wait should wait. */
const HIGH_WATER = 0.5;

/** The least that is freed at a time, and the share of what may be held: taking an event out of a body copies the body. */
const MIN_FREED_BYTES = 65_536;
const FREED_SHARE = 1 / 128;

/** Bounds the memory of events that are not settled: measures it, and makes room for a new event. */
export class Room {
  readonly #parts: RoomParts;

  constructor(parts: RoomParts) {
    this.#parts = parts;
  }

  get held(): Held {
    const { queue, unsealed } = this.#parts;
    const { bytes, count } = unsealed.open;
    return { bytes: bytes + queue.bytes, events: count + queue.events };
  }

  /** Whether so much is held that a producer who can wait should wait. */
  get needsDrain(): boolean {
    return this.#exceeds(this.held, HIGH_WATER);
  }

  /** Whether the batch that is being filled is too much by itself: no delivery of others makes room. */
  get isFilling(): boolean {
    const { bytes, count: events } = this.#parts.unsealed.open;
    return this.#exceeds({ bytes, events }, HIGH_WATER);
  }

  /** Whether an event can come in as things are. */
  fits(event: LogEvent): boolean {
    const { settings, queue, unsealed } = this.#parts;
    const { open } = unsealed;
    return (
      open.bytes + queue.bytes + open.bytesFor(event) <= settings.maxQueueBytes &&
      open.count + queue.events < settings.maxQueueEvents
    );
  }

  /** Whether so much more stays below the high-water mark; anything does while nothing is held. */
  hasSpare(more: Held): boolean {
    return this.takes(more, HIGH_WATER);
  }

  /** Whether so much more can be held, or a share of what can be; anything can while nothing is. */
  takes({ bytes, events }: Held, share = 1): boolean {
    const { held } = this;
    return (
      held.events === 0 || !this.#exceeds({ bytes: held.bytes + bytes, events: held.events + events }, share)
    );
  }

  #exceeds({ bytes, events }: Held, share: number): boolean {
    const { maxQueueBytes, maxQueueEvents } = this.#parts.settings;
    return bytes > maxQueueBytes * share || events > maxQueueEvents * share;
  }

  /** Says whether the event can come in, if need be after others have left. */
  makeFor(event: LogEvent): boolean {
    while (!this.fits(event)) {
      const left = this.#takeOut(this.#excess(event), event.rank);
      if (left.length === 0) return false;
      for (const each of left) this.#parts.onLeft(each);
    }
    return true;
  }

  /**
   * Whole batches go to disk; if they cannot, events are removed. Returns what was removed, `undefined` for a batch on disk;
   * nothing if it is the new event that has to go.
   */
  #takeOut(excess: Held, newRank: number): (EncodedBatch | undefined)[] {
    const { queue, unsealed, settings, keep } = this.#parts;
    needStack('aChange');
    if (keep && moveOut(queue, unsealed, keep)) return [undefined];
    return makeRoom(queue, unsealed, settings.overflowPolicy, newRank, this.#toFree(excess));
  }

  #toFree({ bytes, events }: Held): Held {
    const { maxQueueBytes, maxQueueEvents } = this.#parts.settings;
    const freedBytes = Math.max(MIN_FREED_BYTES, maxQueueBytes * FREED_SHARE);
    return {
      bytes: bytes > 0 ? Math.max(bytes, freedBytes) : 0,
      events: events > 0 ? Math.max(events, maxQueueEvents >> 8) : 0,
    };
  }

  /** By how much this event would be too much. */
  #excess(event: LogEvent): Held {
    const { settings, unsealed } = this.#parts;
    const { bytes, events } = this.held;
    return {
      bytes: bytes + unsealed.open.bytesFor(event) - settings.maxQueueBytes,
      events: events + 1 - settings.maxQueueEvents,
    };
  }
}
