import { Body } from './body.js';
import {
  columnsFor,
  COMMA_BYTES,
  lowestOf,
  SLOT_BYTES,
  Slots,
  type Slot,
  type SlotColumns,
} from './slots.js';
import { openJsonOf, type Target } from './target.js';

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

const COMMA = 0x2c;
const TAIL = Buffer.from(']}');

export const TAIL_BYTES = TAIL.length;

/** Memory of a batch's objects, beside its body and its slots. */
export const BATCH_BYTES = 1_024;

/** What stands before the events in a request body. */
export function headOf(target: Target): Buffer {
  return Buffer.from(`${openJsonOf(target)},"logEvents":[`);
}

/** Writes what stands behind the events in a request body. */
export function writeTail(body: Buffer, end: number): void {
  TAIL.copy(body, end);
}

/** What a batch is sealed of. */
export interface Contents {
  readonly target: Target;
  /** In the order of the body. */
  readonly columns: SlotColumns;
}

/** How the body of a call differs from that of its batch. */
export interface BodyForm {
  readonly sequenceToken: string | undefined;
  /** Whether the entity of the target goes with it. */
  readonly hasEntity: boolean;
}

/** A batch as it crosses to another thread. */
export interface CarriedBatch extends Contents {
  readonly body: Uint8Array;
}

/**
 * A sealed batch: the events of one PutLogEvents call, in chronological order, as the finished body of the request.
 * It is the unit of retry and stays encoded until it is settled. It never changes.
 */
export class EncodedBatch {
  #lowestRank: number | undefined;

  private constructor(
    readonly target: Target,
    readonly slots: Slots,
    /** The request body, UTF-8 JSON. */
    readonly body: Body,
    readonly backing: Backing | undefined,
  ) {}

  /** @param body whose events are in chronological order */
  static seal({ target, columns }: Contents, body: Body): EncodedBatch {
    return new EncodedBatch(target, new Slots(columns, headOf(target).length), body, undefined);
  }

  /** @param written whose events are in any order of time, and without its tail */
  static sealSorted({ target, columns }: Contents, written: Buffer): EncodedBatch {
    const slots = new Slots(columns, headOf(target).length);
    const { timestamps } = columns;
    // Stable, so that equal milliseconds keep the order in which they were logged.
    const places = [...timestamps.keys()].toSorted((a, b) => timestamps[a]! - timestamps[b]!);
    return EncodedBatch.#assemble(target, slots, written, places, undefined);
  }

  /** A batch that crossed from another thread. */
  static restore({ body, ...contents }: CarriedBatch): EncodedBatch {
    const { buffer, byteOffset, byteLength } = body;
    return EncodedBatch.seal(contents, new Body(Buffer.from(buffer, byteOffset, byteLength)));
  }

  /** The events in these places of a body. */
  static #assemble(
    target: Target,
    slots: Slots,
    source: Buffer,
    places: readonly number[],
    backing: Backing | undefined,
  ): EncodedBatch {
    const head = headOf(target);
    const lengths = places.reduce((sum, place) => sum + slots.end(place) - slots.start(place), 0);
    const commas = Math.max(0, places.length - 1) * COMMA_BYTES;
    const body = Buffer.allocUnsafeSlow(head.length + lengths + commas + TAIL_BYTES);
    const columns = columnsFor(places.length);
    let end = head.copy(body);
    // Neighbours are copied in one piece, with the commas between them.
    for (let first = 0, last = 0; first < places.length; first = last + 1) {
      last = lastOfRun(places, first);
      if (first > 0) body[end++] = COMMA;
      const from = slots.start(places[first]!);
      const shift = end - from;
      end += source.copy(body, end, from, slots.end(places[last]!));
      for (let index = first; index <= last; index++) {
        const place = places[index]!;
        columns.timestamps[index] = slots.timestamps[place]!;
        columns.ranks[index] = slots.ranks[place]!;
        columns.ends[index] = slots.end(place) + shift;
      }
    }
    writeTail(body, end);
    return new EncodedBatch(target, new Slots(columns, head.length), new Body(body), backing);
  }

  get count(): number {
    return this.slots.count;
  }

  /** Memory that it takes. */
  get heldBytes(): number {
    return heldBytes(this.body.length, this.count);
  }

  get firstTimestamp(): number {
    return this.slots.timestamps[0] ?? 0;
  }

  get lastTimestamp(): number {
    return this.slots.timestamps.at(-1) ?? 0;
  }

  /** Rank of the least important event. */
  get lowestRank(): number {
    return (this.#lowestRank ??= lowestOf(this.slots.ranks));
  }

  /** The same batch, whose events are also held by something else; so are those of its parts. */
  backedBy(backing: Backing): EncodedBatch {
    return new EncodedBatch(this.target, this.slots, this.body, backing);
  }

  /** The body for an endpoint that still demands sequence tokens, or takes no entity. */
  bodyFor({ sequenceToken, hasEntity }: BodyForm): Body {
    const isBare = !hasEntity && this.target.entityText !== undefined;
    if (sequenceToken === undefined && !isBare) return this.body;
    const head = headOf(isBare ? { ...this.target, entityText: undefined } : this.target);
    const events = this.body.bytes.subarray(headOf(this.target).length, this.body.length - TAIL.length);
    const token = sequenceToken === undefined ? '' : `,"sequenceToken":${JSON.stringify(sequenceToken)}`;
    return new Body(Buffer.concat([head, events, Buffer.from(`]${token}}`)]));
  }

  /** The batch of those events for which `keep` is true. */
  filter(keep: (slot: Slot, index: number) => boolean): EncodedBatch {
    return this.#part(this.slots.placesWhere(keep));
  }

  /** Two batches: the events for which `choose` is true, and the others. */
  partition(choose: (slot: Slot, index: number) => boolean): [EncodedBatch, EncodedBatch] {
    const others: number[] = [];
    const chosen = this.slots.placesWhere((slot, index) => {
      const isChosen = choose(slot, index);
      if (!isChosen) others.push(index);
      return isChosen;
    });
    return [this.#part(chosen), this.#part(others)];
  }

  #part(places: readonly number[]): EncodedBatch {
    return EncodedBatch.#assemble(this.target, this.slots, this.body.bytes, places, this.backing);
  }

  /** The log events themselves: slow, for events that are not sent. */
  decode(): DecodedEvent[] {
    const { bytes } = this.body;
    return Array.from(
      this.slots,
      ({ start, end }) => JSON.parse(bytes.toString('utf8', start, end)) as DecodedEvent,
    );
  }

  /** As it crosses to another thread. */
  carried(): CarriedBatch {
    return { target: this.target, columns: this.slots.columns, body: this.body.bytes };
  }
}

/** Memory of a batch with a body of this length. */
export function heldBytes(bodyBytes: number, count: number): number {
  return BATCH_BYTES + bodyBytes + count * SLOT_BYTES;
}

/** Where the run of neighbours ends that begins there. */
function lastOfRun(places: readonly number[], first: number): number {
  let last = first;
  while (places[last + 1] === places[last]! + 1) last++;
  return last;
}
