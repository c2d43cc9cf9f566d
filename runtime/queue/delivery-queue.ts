import type { EncodedBatch } from '../batch/encoded-batch.js';

/** A sealed batch on its way to being settled. */
export interface Delivery {
  readonly batch: EncodedBatch;
  /** Position in the order of sealing; the parts of a divided batch share it. */
  readonly sequence: number;
  readonly sealedAtMs: number;
  state: 'waiting' | 'inFlight' | 'backingOff';
  /** Calls made for it. */
  attempts: number;
  /** How often the service said that its target is missing. */
  missedTargets: number;
}

/** The sealed batches that are not settled yet, in the order in which they were sealed. */
export class DeliveryQueue {
  #deliveries: readonly Delivery[] = [];
  #sequence = 0;

  get deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  get events(): number {
    return this.#deliveries.reduce((sum, { batch }) => sum + batch.count, 0);
  }

  get bytes(): number {
    return this.#deliveries.reduce((sum, { batch }) => sum + batch.body.length, 0);
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
    this.#deliveries = [
      ...this.#deliveries,
      { batch, sequence, sealedAtMs, state: 'waiting', attempts: 0, missedTargets: 0 },
    ];
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

  /** Puts parts of a batch in its place, to be sent as batches of their own. */
  replace(delivery: Delivery, parts: readonly EncodedBatch[]): void {
    this.#deliveries = this.#deliveries.flatMap((each) =>
      each === delivery ? parts.map((batch) => ({ ...delivery, batch, state: 'waiting' as const })) : [each],
    );
  }
}

function touch(a: EncodedBatch, b: EncodedBatch): boolean {
  return a.firstTimestamp <= b.lastTimestamp && b.firstTimestamp <= a.lastTimestamp;
}
