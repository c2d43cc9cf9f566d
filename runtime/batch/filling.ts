import { TAIL_BYTES } from './encoded-batch.js';
import type { LogEvent } from './log-event.js';
import { columnsFor, COMMA_BYTES, doubled, lowestOf, type SlotColumns } from './slots.js';
import type { Target } from './target.js';

const COMMA = 0x2c;
const OPENING_BRACE = 0x7b;

const INITIAL_SLOTS = 32;

/** A request body that is being written, without its tail, and what is known of its events. */
export class Filling {
  buffer: Buffer;
  columns: SlotColumns;
  count = 0;
  /** Where the body ends so far. */
  end: number;
  /** What the service counts. */
  countedBytes = 0;
  earliest = Infinity;
  latest = -Infinity;
  lowestRank = Infinity;
  isChronological = true;
  /** The first of the events at the end that are all of the latest millisecond. */
  lastRun = 0;
  /** What the service counts for these; infinite if one of another millisecond follows. */
  lastRunBytes = 0;

  /**
   * @param target named in the head
   * @param buffer begins with the head of the body
   * @param columns whose rows may be overwritten
   */
  constructor(
    readonly target: Target,
    buffer: Buffer,
    headBytes: number,
    columns = columnsFor(INITIAL_SLOTS),
  ) {
    this.buffer = buffer;
    this.columns = columns;
    this.end = headBytes;
  }

  /** Bytes of buffer that the finished body takes with an event of this length in it. */
  bytesWith(encodedBytes: number): number {
    return this.end + COMMA_BYTES + encodedBytes + TAIL_BYTES;
  }

  /** Goes on in a larger buffer. */
  moveTo(larger: Buffer): void {
    this.buffer.copy(larger, 0, 0, this.end);
    this.buffer = larger;
  }

  /** Adds an event for which the buffer has room. */
  add({ timestamp, bytes, rank, encoded, encodedBytes }: LogEvent): void {
    const { buffer, count } = this;
    if (count === this.columns.ends.length) this.columns = doubled(this.columns);
    const { columns } = this;
    const start = count === 0 ? this.end : this.end + COMMA_BYTES;
    encoded.copy(buffer, start, 0, encodedBytes);
    // From here on, no function is called, so that nothing can throw between two of the steps.
    if (count > 0) buffer[this.end] = COMMA;
    this.end = start + encodedBytes;
    columns.timestamps[count] = timestamp;
    columns.ends[count] = this.end;
    columns.ranks[count] = rank;
    this.count = count + 1;
    this.countedBytes += bytes;
    if (rank < this.lowestRank) this.lowestRank = rank;
    if (timestamp < this.earliest) this.earliest = timestamp;
    if (timestamp > this.latest) {
      this.latest = timestamp;
      this.lastRun = count;
      this.lastRunBytes = bytes;
    } else if (timestamp === this.latest) this.lastRunBytes += bytes;
    else {
      this.isChronological = false;
      this.lastRunBytes = Infinity;
    }
  }

  /** Where the first events of the body end. */
  endOf(count: number): number {
    return count === this.count ? this.end : this.columns.ends[count - 1]!;
  }

  /** Where the last run begins. */
  get lastRunStart(): number {
    return this.endOf(this.lastRun) + COMMA_BYTES;
  }

  /** Begins with what is the last run elsewhere. The buffer has room for it. */
  takeLastRun(of: Filling): void {
    const count = of.count - of.lastRun;
    const shift = this.end - of.lastRunStart;
    while (this.columns.ends.length < count) this.columns = doubled(this.columns);
    const { timestamps, ends, ranks } = this.columns;
    timestamps.fill(of.latest, 0, count);
    ranks.set(of.columns.ranks.subarray(of.lastRun, of.count));
    ends.set(of.columns.ends.subarray(of.lastRun, of.count));
    for (let index = 0; index < count; index++) ends[index]! += shift;
    of.buffer.copy(this.buffer, this.end, of.lastRunStart, of.end);
    this.end = of.end + shift;
    this.count = count;
    this.countedBytes = of.lastRunBytes;
    this.lastRunBytes = of.lastRunBytes;
    this.earliest = of.latest;
    this.latest = of.latest;
    this.lowestRank = lowestOf(ranks.subarray(0, count));
  }

  /** Goes on although a tail was written behind the first events. */
  restore(count: number): void {
    if (count === this.count) return;
    const end = this.endOf(count);
    this.buffer[end] = COMMA;
    this.buffer[end + COMMA_BYTES] = OPENING_BRACE;
  }
}
