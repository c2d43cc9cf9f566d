import type { SortCommand, SortKey } from '../../query/query.js';
import type { Steps } from '../../../steps.js';
import type { Memory } from '../values/memory.js';
import { naturalOrder } from '../values/natural-order.js';
import type { Row } from '../values/row.js';
import type { Collector } from './collector.js';
import { sortedInSteps } from './sorted-in-steps.js';

interface Entry {
  readonly row: Row;
  /** Its place in the order in which rows came. */
  readonly place: number;
  readonly bytes: number;
}

/** The order of one `sort` after another. */
export interface Order {
  /** Those of the last `sort` first, then those of the one before, which order what it leaves equal. */
  readonly keys: readonly SortKey[];
  /** Whether rows that are equal by all keys go in the reverse of the order in which they came. */
  readonly isReversed: boolean;
}

export const UNSORTED: Order = { keys: [], isReversed: false };

/**
 * Rows that are equal keep their order. Only by rising `@timestamp`, events of one millisecond go in the order in which they were
 * written, whatever it was before: they come last in time first (both assumed).
 */
export function afterSort({ keys }: SortCommand, before: Order): Order {
  const [{ expression, isDescending } = {}] = keys;
  const isByTime = expression?.kind === 'field' && expression.name === '@timestamp' && isDescending === false;
  if (isByTime) return { keys, isReversed: true };
  return { keys: [...keys, ...before.keys], isReversed: before.isReversed };
}

/** Rows are put in order when there are so many more than are wanted: those that are in order already cost little. */
const SPARE_ROWS = 5_000;
/** So that great rows that are not wanted go early, too. */
const SPARE_BYTES = 16 * 1024 * 1024;

/** The first rows in the order of their sort keys. */
export class SortedRows implements Collector {
  readonly isOpen = true;
  readonly #wanted: Order;
  readonly #most: number;
  readonly #memory: Memory;
  #entries: Entry[] = [];
  /** The last of the rows that are wanted, as of the last time they were put in order. */
  #last: Entry | undefined;
  #place = 0;
  /** Bytes that came since rows were put in order. */
  #newBytes = 0;

  constructor(order: Order, most: number, memory: Memory) {
    this.#wanted = order;
    this.#most = most;
    this.#memory = memory;
  }

  add(row: Row): void {
    this.#place += 1;
    if (this.#last !== undefined && this.#order({ row, place: this.#place }, this.#last) > 0) return;
    const bytes = row.settle();
    this.#memory.hold(bytes, 'rows in order');
    this.#entries.push({ row, place: this.#place, bytes });
    this.#newBytes += bytes;
    const spareRows = this.#entries.length - this.#most;
    if (spareRows >= SPARE_ROWS || (spareRows > 0 && this.#newBytes > SPARE_BYTES)) this.#cut();
  }

  *rows(): Steps<Row[]> {
    this.#keep(yield* sortedInSteps(this.#entries, (one, other) => this.#order(one, other)));
    return this.#entries.map(({ row }) => row);
  }

  #cut(): void {
    this.#keep(this.#entries.toSorted((one, other) => this.#order(one, other)));
  }

  /** Keeps the first ones of all entries, which are in order now. */
  #keep(entries: Entry[]): void {
    this.#newBytes = 0;
    this.#entries = entries;
    if (this.#entries.length < this.#most) return;
    for (const { bytes } of this.#entries.slice(this.#most)) this.#memory.release(bytes);
    this.#entries = this.#entries.slice(0, this.#most);
    this.#last = this.#entries.at(-1);
  }

  #order(one: Omit<Entry, 'bytes'>, other: Omit<Entry, 'bytes'>): number {
    const { keys } = this.#wanted;
    for (let index = 0; index < keys.length; index += 1) {
      const order = naturalOrder(one.row.sortKeys[index], other.row.sortKeys[index]);
      if (order !== 0) return keys[index]!.isDescending ? -order : order;
    }
    return this.#wanted.isReversed ? other.place - one.place : one.place - other.place;
  }
}
