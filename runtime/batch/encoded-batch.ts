import type { Target } from './target.js';

/** Where one event stands in its batch's body, and what must be known of it without reading it. */
export interface Slot {
  readonly timestamp: number;
  /** What the service counts for the event. */
  readonly bytes: number;
  /** Rank of the level. */
  readonly rank: number;
  /** Byte offsets in the body. */
  readonly start: number;
  readonly end: number;
}

/** A log event as the service takes it. */
export interface DecodedEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** Holds a batch's events besides memory, until all of them are settled. */
export interface Backing {
  /** This many of the events are settled, or held elsewhere. */
  release(count: number): void;
}

const COMMA = Buffer.from(',');
const TAIL = Buffer.from(']}');

export const TAIL_BYTES = TAIL.length;

/** What stands before the events in a request body. */
export function headOf(target: Target): Buffer {
  const { logGroupName, logStreamName } = target;
  return Buffer.from(`${JSON.stringify({ logGroupName, logStreamName }).slice(0, -1)},"logEvents":[`);
}

/**
 * A sealed batch: the events of one PutLogEvents call, in chronological order, as the finished body of the request.
 * It is the unit of retry and stays encoded until it is settled. It never changes.
 */
export class EncodedBatch {
  #lowestRank: number | undefined;

  private constructor(
    readonly target: Target,
    readonly slots: readonly Slot[],
    /** The request body, UTF-8 JSON. */
    readonly body: Buffer,
    readonly backing: Backing | undefined,
  ) {}

  /** @param written a body without its tail; the slots may be in any order of time */
  static seal(target: Target, slots: readonly Slot[], written: Buffer): EncodedBatch {
    if (isChronological(slots))
      return new EncodedBatch(target, slots, Buffer.concat([written, TAIL]), undefined);
    // Stable, so that equal milliseconds keep the order in which they were logged.
    const sorted = slots.toSorted((a, b) => a.timestamp - b.timestamp);
    return EncodedBatch.#assemble(target, sorted, written, undefined);
  }

  /** A batch that crossed from another thread. */
  static restore({
    target,
    slots,
    body,
  }: Pick<EncodedBatch, 'target' | 'slots'> & { readonly body: Uint8Array }): EncodedBatch {
    const { buffer, byteOffset, byteLength } = body;
    return new EncodedBatch(target, slots, Buffer.from(buffer, byteOffset, byteLength), undefined);
  }

  static #assemble(
    target: Target,
    slots: readonly Slot[],
    source: Buffer,
    backing: Backing | undefined,
  ): EncodedBatch {
    const head = headOf(target);
    const parts: Buffer[] = [head];
    const placed: Slot[] = [];
    let end = head.length;
    let run = { start: 0, end: -1 };
    for (const { timestamp, bytes, rank, start: from, end: to } of slots) {
      const start = placed.length > 0 ? end + COMMA.length : end;
      // Neighbours in the source are copied in one piece, with the comma between them.
      if (placed.length > 0 && from === run.end + COMMA.length) run.end = to;
      else {
        if (placed.length > 0) parts.push(source.subarray(run.start, run.end), COMMA);
        run = { start: from, end: to };
      }
      end = start + to - from;
      placed.push({ timestamp, bytes, rank, start, end });
    }
    if (placed.length > 0) parts.push(source.subarray(run.start, run.end));
    return new EncodedBatch(target, placed, Buffer.concat([...parts, TAIL]), backing);
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

  /** Rank of the least important event. */
  get lowestRank(): number {
    return (this.#lowestRank ??= Math.min(...new Set(this.slots.map(({ rank }) => rank))));
  }

  /** The same batch, whose events are also held by something else; so are those of its parts. */
  backedBy(backing: Backing): EncodedBatch {
    return new EncodedBatch(this.target, this.slots, this.body, backing);
  }

  /** The body for an endpoint that still demands sequence tokens. */
  bodyWithToken(sequenceToken: string): Buffer {
    const withoutTail = this.body.subarray(0, this.body.length - TAIL.length);
    return Buffer.concat([withoutTail, Buffer.from(`],"sequenceToken":${JSON.stringify(sequenceToken)}}`)]);
  }

  /** The batch of those events for which `keep` is true. */
  filter(keep: (slot: Slot, index: number) => boolean): EncodedBatch {
    return EncodedBatch.#assemble(this.target, this.slots.filter(keep), this.body, this.backing);
  }

  /** Two batches: the events for which `choose` is true, and the others. */
  partition(choose: (slot: Slot, index: number) => boolean): [EncodedBatch, EncodedBatch] {
    const chosen = this.slots.map(choose);
    return [
      this.filter((_, index) => chosen[index] === true),
      this.filter((_, index) => chosen[index] !== true),
    ];
  }

  /** The log events themselves: slow, for events that are not sent. */
  decode(): DecodedEvent[] {
    return this.slots.map(
      ({ start, end }) => JSON.parse(this.body.toString('utf8', start, end)) as DecodedEvent,
    );
  }
}

function isChronological(slots: readonly Slot[]): boolean {
  return slots.every((slot, index) => index === 0 || slots[index - 1]!.timestamp <= slot.timestamp);
}
