/** Where one event stands in its batch's body, and what must be known of it without reading it. */
export interface Slot {
  readonly timestamp: number;
  /** Rank of the level. */
  readonly rank: number;
  /** Byte offsets in the body. */
  readonly start: number;
  readonly end: number;
}

/**
 * The slots of a body, a row for each event: an object for each would take seven times the memory. The events stand
 * behind each other with a comma between, so that an event begins where the one before ends. Plain, to cross to another thread.
 */
export interface SlotColumns {
  readonly timestamps: Float64Array;
  readonly ends: Uint32Array;
  readonly ranks: Uint8Array;
}

/** Memory of one row. */
export const SLOT_BYTES = 13;

export const COMMA_BYTES = 1;

export function columnsFor(count: number): SlotColumns {
  return {
    timestamps: new Float64Array(count),
    ends: new Uint32Array(count),
    ranks: new Uint8Array(count),
  };
}

export function copyRows({ timestamps, ends, ranks }: SlotColumns, from: number, to: number): SlotColumns {
  return {
    timestamps: timestamps.slice(from, to),
    ends: ends.slice(from, to),
    ranks: ranks.slice(from, to),
  };
}

/** The same rows, and room for as many again. */
export function doubled({ timestamps, ends, ranks }: SlotColumns): SlotColumns {
  const larger = columnsFor(ends.length * 2);
  larger.timestamps.set(timestamps);
  larger.ends.set(ends);
  larger.ranks.set(ranks);
  return larger;
}

/** Infinite if there is none. */
export function lowestOf(ranks: Uint8Array): number {
  return ranks.reduce((lowest, rank) => Math.min(lowest, rank), Infinity);
}

/** Reads the slots of a batch. */
export class Slots implements Iterable<Slot> {
  readonly columns: SlotColumns;
  readonly #firstStart: number;

  /** @param firstStart where the first event begins in the body */
  constructor(columns: SlotColumns, firstStart: number) {
    this.columns = columns;
    this.#firstStart = firstStart;
  }

  get count(): number {
    return this.columns.ends.length;
  }

  get ranks(): Uint8Array {
    return this.columns.ranks;
  }

  get timestamps(): Float64Array {
    return this.columns.timestamps;
  }

  start(index: number): number {
    return index === 0 ? this.#firstStart : this.end(index - 1) + COMMA_BYTES;
  }

  end(index: number): number {
    return this.columns.ends[index]!;
  }

  at(index: number): Slot {
    const { timestamps, ranks } = this.columns;
    return {
      timestamp: timestamps[index]!,
      rank: ranks[index]!,
      start: this.start(index),
      end: this.end(index),
    };
  }

  *[Symbol.iterator](): Iterator<Slot> {
    for (let index = 0; index < this.count; index++) yield this.at(index);
  }

  /** Which of the events are wanted, by their places. */
  placesWhere(wanted: (slot: Slot, index: number) => boolean): number[] {
    const places: number[] = [];
    for (let index = 0; index < this.count; index++) if (wanted(this.at(index), index)) places.push(index);
    return places;
  }
}
