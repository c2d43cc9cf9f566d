import type { Target } from './target.js';

/** Where one event stands in its batch's body, and what must be known of it without reading it. */
export interface Slot {
  readonly timestamp: number;
  /** What the service counts for the event. */
  readonly bytes: number;
  readonly rank: number;
  /** Byte offsets in the body. */
  readonly start: number;
  readonly end: number;
}

const TAIL = Buffer.from(']}');

export function headOf(target: Target): Buffer {
  const { logGroupName, logStreamName } = target;
  return Buffer.from(`${JSON.stringify({ logGroupName, logStreamName }).slice(0, -1)},"logEvents":[`);
}

/**
 * A sealed batch: the events of one PutLogEvents call, in chronological order, as the finished body of the request.
 * It is the unit of retry and stays encoded until it is settled.
 */
export class EncodedBatch {
  private constructor(
    readonly target: Target,
    readonly slots: readonly Slot[],
    /** The request body, UTF-8 JSON. */
    readonly body: Buffer,
  ) {}

  /** @param written a body without its tail, and with the slots in any order of time */
  static seal(target: Target, slots: readonly Slot[], written: Buffer): EncodedBatch {
    if (isChronological(slots)) return new EncodedBatch(target, slots, Buffer.concat([written, TAIL]));
    // Stable, so that equal milliseconds keep the order in which they were logged.
    const sorted = slots.toSorted((a, b) => a.timestamp - b.timestamp);
    return EncodedBatch.assemble(target, sorted, written);
  }

  private static assemble(target: Target, slots: readonly Slot[], source: Buffer): EncodedBatch {
    const head = headOf(target);
    const parts: Buffer[] = [head];
    const placed: Slot[] = [];
    let end = head.length;
    for (const slot of slots) {
      const start = placed.length === 0 ? end : end + 1;
      if (placed.length > 0) parts.push(COMMA);
      parts.push(source.subarray(slot.start, slot.end));
      end = start + slot.end - slot.start;
      placed.push({ ...slot, start, end });
    }
    return new EncodedBatch(target, placed, Buffer.concat([...parts, TAIL]));
  }

  get count(): number {
    return this.slots.length;
  }

  get firstTimestamp(): number {
    return this.slots[0]?.timestamp ?? 0;
  }

  get lastTimestamp(): number {
    return this.slots.at(-1)?.timestamp ?? 0;
  }

  /** What the service counts for the call. */
  get countedBytes(): number {
    return this.slots.reduce((sum, slot) => sum + slot.bytes, 0);
  }

  /** The batch without the events for which `keep` is false. */
  filter(keep: (slot: Slot, index: number) => boolean): EncodedBatch {
    return EncodedBatch.assemble(this.target, this.slots.filter(keep), this.body);
  }

  /** The log events themselves, decoded; the slow way, for what is not sent. */
  events(): { timestamp: number; message: string }[] {
    return this.slots.map(
      ({ start, end }) =>
        JSON.parse(this.body.toString('utf8', start, end)) as { timestamp: number; message: string },
    );
  }
}

const COMMA = Buffer.from(',');

function isChronological(slots: readonly Slot[]): boolean {
  return slots.every((slot, index) => index === 0 || slots[index - 1]!.timestamp <= slot.timestamp);
}
