import { MAX_CALL_BYTES, MAX_CALL_EVENTS, MAX_CALL_SPAN_MS } from '../../contract/limits.js';
import { EncodedBatch, headOf, TAIL_BYTES, type Slot } from './encoded-batch.js';
import type { LogEvent } from './log-event.js';
import type { Target } from './target.js';

const INITIAL_BYTES = 8_192;
const COMMA = 0x2c;
const COMMA_BYTES = 1;

/** Takes a sealed batch, or throws and has not taken it. */
export type HandOver = (batch: EncodedBatch) => void;

/**
 * The batch that is being filled. Each event goes straight into the body of the request. Sealing copies the body
 * out, so that one buffer serves all batches.
 */
export class OpenBatch {
  readonly #target: Target;
  readonly #headBytes: number;
  #buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  #slots: Slot[] = [];
  #end: number;
  #countedBytes = 0;
  #earliest = Infinity;
  #latest = -Infinity;
  #lowestRank = Infinity;

  constructor(target: Target) {
    this.#target = target;
    this.#headBytes = headOf(target).copy(this.#buffer);
    this.#end = this.#headBytes;
  }

  get count(): number {
    return this.#slots.length;
  }

  /** Bytes of the body that sealing would make; none while there are no events. */
  get bytes(): number {
    return this.count === 0 ? 0 : this.#end + TAIL_BYTES;
  }

  /** Bytes that an event adds to what is held: here, or to a batch of its own if it does not fit. */
  bytesFor(event: LogEvent): number {
    const frame = this.count > 0 && this.fits(event) ? COMMA_BYTES : this.#headBytes + TAIL_BYTES;
    return frame + event.encodedBytes;
  }

  /** Rank of the least important event; infinite if there is none. */
  get lowestRank(): number {
    return this.#lowestRank;
  }

  /** Whether the service would take the batch with this event in it: count, bytes and span. */
  fits(event: LogEvent): boolean {
    return (
      this.count === 0 ||
      (this.count < MAX_CALL_EVENTS &&
        this.#countedBytes + event.bytes <= MAX_CALL_BYTES &&
        Math.max(this.#latest, event.timestamp) - Math.min(this.#earliest, event.timestamp) <=
          MAX_CALL_SPAN_MS)
    );
  }

  /** Adds an event that {@link OpenBatch.fits}. */
  add(event: LogEvent): void {
    const { timestamp, bytes, rank, encoded, encodedBytes } = event;
    this.#reserve(encodedBytes + COMMA_BYTES);
    const isFirst = this.#slots.length === 0;
    const start = isFirst ? this.#end : this.#end + COMMA_BYTES;
    encoded.copy(this.#buffer, start, 0, encodedBytes);
    // From here on, no function of ours is called, so that nothing can throw between two of the steps.
    if (!isFirst) this.#buffer[this.#end] = COMMA;
    this.#end = start + encodedBytes;
    this.#slots.push({ timestamp, bytes, rank, start, end: this.#end });
    this.#countedBytes += bytes;
    if (timestamp < this.#earliest) this.#earliest = timestamp;
    if (timestamp > this.#latest) this.#latest = timestamp;
    if (rank < this.#lowestRank) this.#lowestRank = rank;
  }

  /**
   * Hands the events out as a batch, and starts anew. If `handOver` throws, they stay here.
   *
   * @param handOver takes the batch, or throws
   */
  seal(handOver?: HandOver): EncodedBatch {
    return this.#take(this.count, handOver);
  }

  /**
   * Makes room for an event that does not fit. If it falls into the last millisecond of the batch, the events of that
   * millisecond stay here, so that the two batches can be in flight together; unless they are more than the given
   * share of the batch.
   *
   * @param handOver takes the batch, or throws; then all events stay here
   */
  sealFor(event: LogEvent, maxLeftShare: number, handOver?: HandOver): EncodedBatch {
    if (event.timestamp !== this.#latest) return this.seal(handOver);
    const first = this.#slots.findIndex(({ timestamp }) => timestamp === this.#latest);
    const left = this.#slots.slice(first);
    const leftBytes = left.reduce((sum, { bytes }) => sum + bytes, 0);
    const inOrder = left.every(({ timestamp }) => timestamp === this.#latest);
    const worthIt =
      leftBytes <= this.#countedBytes * maxLeftShare && leftBytes + event.bytes <= MAX_CALL_BYTES;
    return first > 0 && inOrder && worthIt ? this.#take(first, handOver) : this.seal(handOver);
  }

  #take(count: number, handOver: HandOver = () => undefined): EncodedBatch {
    const taken = this.#slots.slice(0, count);
    const left = this.#slots.slice(count);
    const end = this.#end;
    const from = left[0]?.start ?? end;
    const offset = this.#headBytes - from;
    const slots = left.map((slot) => ({ ...slot, start: slot.start + offset, end: slot.end + offset }));
    const countedBytes = left.reduce((sum, { bytes }) => sum + bytes, 0);
    const lowestRank = left.reduce((lowest, { rank }) => Math.min(lowest, rank), Infinity);
    const batch = EncodedBatch.seal(this.#target, taken, this.#buffer.subarray(0, taken.at(-1)?.end));
    handOver(batch);
    // From here on, no function of ours is called, so that nothing can throw between two of the steps.
    this.#buffer.copyWithin(this.#headBytes, from, end);
    this.#slots = slots;
    this.#end = end + offset;
    this.#countedBytes = countedBytes;
    // Those that stay are all of the last millisecond.
    this.#earliest = left[0]?.timestamp ?? Infinity;
    this.#latest = left[0]?.timestamp ?? -Infinity;
    this.#lowestRank = lowestRank;
    return batch;
  }

  #reserve(bytes: number): void {
    const needed = this.#end + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#buffer = larger;
  }
}

/** A batch of one event that is not sent with others. */
export function batchOfOne(target: Target, event: LogEvent): EncodedBatch {
  const batch = new OpenBatch(target);
  batch.add(event);
  return batch.seal();
}
