import { MAX_CALL_BYTES, MAX_CALL_EVENTS, MAX_CALL_SPAN_MS } from '../../contract/limits.js';
import { BodyBuffers, MAX_SMALL_BYTES } from './body-buffers.js';
import { Body } from './body.js';
import { EncodedBatch, headOf, heldBytes, TAIL_BYTES, writeTail } from './encoded-batch.js';
import { Filling } from './filling.js';
import type { LogEvent } from './log-event.js';
import { COMMA_BYTES, copyRows, SLOT_BYTES, type SlotColumns } from './slots.js';
import type { Target } from './target.js';

/** The share of its buffer that a body has to fill to be handed over with it. */
const MIN_HANDED_SHARE = 3 / 4;

/** Takes a sealed batch, or throws and has not taken it. */
export type HandOver = (batch: EncodedBatch) => void;

/**
 * The batch that is being filled. Each event goes straight into the body of the request, which begins in a small buffer and
 * goes on in a larger one. Sealing hands a large body over together with its buffer, and copies a small one out.
 */
export class OpenBatch {
  #target: Target;
  #head: Buffer;
  readonly #buffers: BodyBuffers;
  #filling: Filling | undefined;
  /** For the next body, while no body uses them. */
  #columns: SlotColumns | undefined;

  constructor(target: Target, buffers = new BodyBuffers()) {
    this.#target = target;
    this.#head = headOf(target);
    this.#buffers = buffers;
  }

  get target(): Target {
    return this.#target;
  }

  /** Where batches go that begin from now on. */
  set target(target: Target) {
    this.#target = target;
    this.#head = headOf(target);
  }

  get count(): number {
    return this.#filling?.count ?? 0;
  }

  /** Memory of the batch that sealing would make; none while there are no events. */
  get bytes(): number {
    const filling = this.#filling;
    return filling ? heldBytes(filling.end + TAIL_BYTES, filling.count) : 0;
  }

  /** Memory that an event adds to what is held: here, or as a batch of its own if it does not fit. */
  bytesFor(event: LogEvent): number {
    if (this.count > 0 && this.fits(event)) return COMMA_BYTES + event.encodedBytes + SLOT_BYTES;
    return heldBytes(this.#head.length + event.encodedBytes + TAIL_BYTES, 1);
  }

  /** Rank of the least important event; infinite if there is none. */
  get lowestRank(): number {
    return this.#filling?.lowestRank ?? Infinity;
  }

  /** Whether the service would take the batch with this event in it: count, bytes and span. */
  fits(event: LogEvent): boolean {
    const filling = this.#filling;
    return (
      !filling ||
      (filling.count < MAX_CALL_EVENTS &&
        filling.countedBytes + event.bytes <= MAX_CALL_BYTES &&
        Math.max(filling.latest, event.timestamp) - Math.min(filling.earliest, event.timestamp) <=
          MAX_CALL_SPAN_MS)
    );
  }

  /** Adds an event that {@link OpenBatch.fits}. */
  add(event: LogEvent): void {
    const filling = this.#filling ?? this.#begin();
    const needed = filling.bytesWith(event.encodedBytes);
    if (needed > filling.buffer.length) this.#move(filling, needed);
    filling.add(event);
    this.#filling = filling;
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
    const { latest = NaN, lastRun = 0, lastRunBytes = 0, countedBytes = 0 } = this.#filling ?? {};
    const mayStay =
      lastRunBytes <= countedBytes * maxLeftShare && lastRunBytes + event.bytes <= MAX_CALL_BYTES;
    return event.timestamp === latest && lastRun > 0 && mayStay
      ? this.#take(lastRun, handOver)
      : this.seal(handOver);
  }

  #take(count: number, handOver: HandOver = () => undefined): EncodedBatch {
    const filling = this.#filling ?? this.#begin();
    const left = count < filling.count ? this.#lastRunOf(filling) : undefined;
    const isHanded = isWorthHanding(filling, filling.endOf(count));
    const batch = this.#sealed(filling, count, isHanded);
    try {
      handOver(batch);
    } catch (error) {
      filling.restore(count);
      throw error;
    }
    // Before anything else, so that no event is in two places whatever is thrown.
    this.#filling = left;
    this.#columns = filling.columns;
    if (!isHanded) this.#buffers.leave(filling.buffer);
    return batch;
  }

  #sealed(filling: Filling, count: number, isHanded: boolean): EncodedBatch {
    const contents = { target: filling.target, columns: copyRows(filling.columns, 0, count) };
    const written = filling.buffer.subarray(0, filling.endOf(count));
    if (!filling.isChronological) return EncodedBatch.sealSorted(contents, written);
    // All of it, since how much is left for the next batch differs.
    if (isHanded) this.#buffers.expect(filling.end + TAIL_BYTES);
    const body = isHanded ? this.#handed(filling.buffer, written.length) : copied(written);
    return EncodedBatch.seal(contents, body);
  }

  #handed(buffer: Buffer, end: number): Body {
    writeTail(buffer, end);
    return new Body(buffer.subarray(0, end + TAIL_BYTES), () => this.#buffers.giveBack(buffer));
  }

  #begin(bytes = this.#head.length): Filling {
    const buffer = this.#buffers.take(bytes + TAIL_BYTES);
    this.#head.copy(buffer);
    const columns = this.#columns;
    this.#columns = undefined;
    return new Filling(this.#target, buffer, this.#head.length, columns);
  }

  /** In a buffer of its own, because the batch that leaves may have to stay. */
  #lastRunOf(filling: Filling): Filling {
    const left = this.#begin(this.#head.length + filling.end - filling.lastRunStart);
    left.takeLastRun(filling);
    return left;
  }

  #move(filling: Filling, needed: number): void {
    const { buffer } = filling;
    filling.moveTo(this.#buffers.takeLarger(buffer, needed));
    this.#buffers.leave(buffer);
  }
}

/** Whether a body of this length fills its buffer. */
function isWorthHanding({ buffer, isChronological }: Filling, end: number): boolean {
  return isChronological && end > MAX_SMALL_BYTES && end >= buffer.length * MIN_HANDED_SHARE;
}

function copied(written: Buffer): Body {
  const bytes = Buffer.allocUnsafeSlow(written.length + TAIL_BYTES);
  writeTail(bytes, written.copy(bytes));
  return new Body(bytes);
}

/** A batch of one event that is not sent with others. */
export function batchOfOne(target: Target, event: LogEvent): EncodedBatch {
  const batch = new OpenBatch(target);
  batch.add(event);
  return batch.seal();
}
