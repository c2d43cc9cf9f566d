import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Slot } from '../batch/slots.js';

/** A sealed batch on its way to being settled. */
export interface Delivery {
  /** Changes only when memory is full and some of its events have to leave, and never while it is in flight. */
  batch: EncodedBatch;
  /** Position in the order of sealing; the parts of a divided batch share it. */
  readonly sequence: number;
  /** By the monotonic clock. */
  readonly sealedAtMs: number;
  state: 'waiting' | 'inFlight' | 'backingOff';
  /** Calls made for it. */
  attempts: number;
  /** Calls made again at once, because something about them had been put right, since the last one that backed off. */
  repairs: number;
  /** How often the service refused it, or what it is a part of, as malformed. */
  refusals: number;
  /** How many batches had been delivered when it did so first. */
  refusedAfter: number | undefined;
}

/**
 * The sealed batches that are not settled yet, in the order in which they were sealed. Each change is made in statements that
 * call no function of ours, so that nothing that is thrown can leave half of it.
 */
export class DeliveryQueue {
  readonly #deliveries: Delivery[] = [];
  #sequence = 0;
  #events = 0;
  #bytes = 0;

  /** A copy, which does not change while deliveries are settled. */
  get deliveries(): readonly Delivery[] {
    return [...this.#deliveries];
  }

  get oldest(): Delivery | undefined {
    return this.#deliveries[0];
  }

  get events(): number {
    return this.#events;
  }

  /** Memory that the batches take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The sequence of the batch that was sealed last. */
  get lastSequence(): number {
    return this.#sequence;
  }

  /** Whether nothing is left of what was sealed up to this sequence. */
  isSettledUpTo(sequence: number): boolean {
    return (this.oldest?.sequence ?? Infinity) > sequence;
  }

  push(batch: EncodedBatch, sealedAtMs: number): Delivery {
    const delivery: Delivery = {
      batch,
      sequence: ++this.#sequence,
      sealedAtMs,
      state: 'waiting',
      attempts: 0,
      repairs: 0,
      refusals: 0,
      refusedAfter: undefined,
    };
    const { count, heldBytes } = batch;
    this.#deliveries.push(delivery);
    this.#events += count;
    this.#bytes += heldBytes;
    return delivery;
  }

  /**
   * The first batch that may be sent now. Readers sort by millisecond and then by arrival, so a batch waits for every
   * earlier one with which it shares a millisecond, or their lines could change places.
   *
   * @param isStrict each batch waits for every earlier one
   */
  next(isStrict = false): Delivery | undefined {
    let before: Span = NO_TIME;
    for (const [index, delivery] of this.#deliveries.entries()) {
      const { state, batch } = delivery;
      if (state === 'waiting' && !(touch(before, batch) && this.#mustWait(batch, index))) return delivery;
      if (isSuspect(delivery)) continue;
      if (isStrict) return undefined;
      before = union(before, batch);
    }
    return undefined;
  }

  /** The oldest of those that are wanted. */
  find(wanted: (delivery: Delivery) => boolean): Delivery | undefined {
    return this.#deliveries.find(wanted);
  }

  has(delivery: Delivery): boolean {
    return this.#deliveries.includes(delivery);
  }

  /** Takes a settled batch out, and says whether it was there. */
  remove(delivery: Delivery): boolean {
    return this.replace(delivery, []);
  }

  /**
   * Puts parts of a batch in its place, to be sent as batches of their own; empty parts are left out. Says whether the
   * batch was there.
   */
  replace(delivery: Delivery, parts: readonly EncodedBatch[]): boolean {
    const index = this.#deliveries.indexOf(delivery);
    if (index < 0) return false;
    const replacements = parts
      .filter(({ count }) => count > 0)
      .map((batch): Delivery => ({ ...delivery, batch, state: 'waiting', attempts: 0 }));
    const { events, bytes } = sumOf(replacements);
    const { count, heldBytes } = delivery.batch;
    this.#deliveries.splice(index, 1, ...replacements);
    this.#events += events - count;
    this.#bytes += bytes - heldBytes;
    return true;
  }

  /** Lets a batch go to whoever says that it takes it. Says whether it went; it stays if `take` throws. */
  handOver(delivery: Delivery, take: (batch: EncodedBatch) => boolean): boolean {
    const index = this.#deliveries.indexOf(delivery);
    const { count, heldBytes } = delivery.batch;
    if (!take(delivery.batch)) return false;
    this.#deliveries.splice(index, 1);
    this.#events -= count;
    this.#bytes -= heldBytes;
    return true;
  }

  /**
   * Takes the oldest events that are `wanted` out of a batch that is not in flight, until at least this many bytes of
   * its body are free and this many events are gone. Returns them.
   */
  takeOut(
    delivery: Delivery,
    wanted: (slot: Slot) => boolean,
    minBytes: number,
    minEvents = 0,
  ): EncodedBatch {
    let freedBytes = 0;
    let freedEvents = 0;
    const [taken, left] = delivery.batch.partition((slot) => {
      const isTaken = (freedBytes < minBytes || freedEvents < minEvents) && wanted(slot);
      if (isTaken) {
        freedBytes += slot.end - slot.start;
        freedEvents++;
      }
      return isTaken;
    });
    const { count, heldBytes } = delivery.batch;
    const { count: leftCount } = left;
    const leftBytes = leftCount > 0 ? left.heldBytes : 0;
    delivery.batch = left;
    this.#events += leftCount - count;
    this.#bytes += leftBytes - heldBytes;
    if (leftCount === 0) this.#deliveries.splice(this.#deliveries.indexOf(delivery), 1);
    return taken;
  }

  /** Nothing waits for an event that is suspected to be bad: the others have to prove that it is. */
  #mustWait(batch: EncodedBatch, index: number): boolean {
    for (let before = 0; before < index; before++) {
      const earlier = this.#deliveries[before]!;
      if (touch(earlier.batch, batch) && !isSuspect(earlier)) return true;
    }
    return false;
  }
}

function sumOf(deliveries: readonly Delivery[]): { readonly events: number; readonly bytes: number } {
  let events = 0;
  let bytes = 0;
  for (const { batch } of deliveries) {
    events += batch.count;
    bytes += batch.heldBytes;
  }
  return { events, bytes };
}

/** The service called it malformed, and it is an event alone. */
function isSuspect({ batch, refusals, state }: Delivery): boolean {
  return refusals > 0 && batch.count === 1 && state === 'backingOff';
}

/** Milliseconds from the first to the last one. */
type Span = Pick<EncodedBatch, 'firstTimestamp' | 'lastTimestamp'>;

const NO_TIME: Span = { firstTimestamp: Infinity, lastTimestamp: -Infinity };

function union(a: Span, b: Span): Span {
  return {
    firstTimestamp: Math.min(a.firstTimestamp, b.firstTimestamp),
    lastTimestamp: Math.max(a.lastTimestamp, b.lastTimestamp),
  };
}

function touch(a: Span, b: Span): boolean {
  return a.firstTimestamp <= b.lastTimestamp && b.firstTimestamp <= a.lastTimestamp;
}
