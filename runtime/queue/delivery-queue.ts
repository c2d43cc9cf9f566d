import type { EncodedBatch, Slot } from '../batch/encoded-batch.js';

/** A sealed batch on its way to being settled. */
export interface Delivery {
  /** Changes only when memory is full and some of its events have to leave, and never while it is in flight. */
  batch: EncodedBatch;
  /** Position in the order of sealing; the parts of a divided batch share it. */
  readonly sequence: number;
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

/** The sealed batches that are not settled yet, in the order in which they were sealed. */
export class DeliveryQueue {
  #deliveries: readonly Delivery[] = [];
  #sequence = 0;
  #events = 0;
  #bytes = 0;

  get deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  get events(): number {
    return this.#events;
  }

  /** Bytes of the request bodies. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The sequence of the batch that was sealed last. */
  get lastSequence(): number {
    return this.#sequence;
  }

  /** Whether nothing is left of what was sealed up to this sequence. */
  isSettledUpTo(sequence: number): boolean {
    return this.#deliveries.every((delivery) => delivery.sequence > sequence);
  }

  push(batch: EncodedBatch, sealedAtMs: number): void {
    const sequence = ++this.#sequence;
    this.#become([
      ...this.#deliveries,
      {
        batch,
        sequence,
        sealedAtMs,
        state: 'waiting',
        attempts: 0,
        repairs: 0,
        refusals: 0,
        refusedAfter: undefined,
      },
    ]);
  }

  /**
   * The first batch that may be sent now. Readers sort by millisecond and then by arrival, so a batch waits for every
   * earlier one with which it shares a millisecond, or their lines could change places.
   */
  next(): Delivery | undefined {
    return this.#deliveries.find(
      (delivery, index) =>
        delivery.state === 'waiting' &&
        !this.#deliveries.slice(0, index).some((earlier) => touch(earlier.batch, delivery.batch)),
    );
  }

  has(delivery: Delivery): boolean {
    return this.#deliveries.includes(delivery);
  }

  /** Takes a settled batch out. */
  remove(delivery: Delivery): void {
    this.replace(delivery, []);
  }

  /** Puts parts of a batch in its place, to be sent as batches of their own; empty parts are left out. */
  replace(delivery: Delivery, parts: readonly EncodedBatch[]): void {
    const replacements = parts
      .filter(({ count }) => count > 0)
      .map((batch): Delivery => ({ ...delivery, batch, state: 'waiting', attempts: 0 }));
    this.#become(this.#deliveries.flatMap((each) => (each === delivery ? replacements : [each])));
  }

  /**
   * Takes the oldest events that are `wanted` out of a batch that is not in flight, until at least this many bytes of
   * its body are free. Returns them.
   */
  takeOut(delivery: Delivery, wanted: (slot: Slot) => boolean, minBytes: number): EncodedBatch {
    let freed = 0;
    const [taken, left] = delivery.batch.partition((slot) => {
      const isTaken = freed < minBytes && wanted(slot);
      if (isTaken) freed += slot.end - slot.start;
      return isTaken;
    });
    delivery.batch = left;
    this.#become(this.#deliveries.filter((each) => each !== delivery || left.count > 0));
    return taken;
  }

  #become(deliveries: readonly Delivery[]): void {
    this.#deliveries = deliveries;
    this.#events = deliveries.reduce((sum, { batch }) => sum + batch.count, 0);
    this.#bytes = deliveries.reduce((sum, { batch }) => sum + batch.body.length, 0);
  }
}

function touch(a: EncodedBatch, b: EncodedBatch): boolean {
  return a.firstTimestamp <= b.lastTimestamp && b.firstTimestamp <= a.lastTimestamp;
}
