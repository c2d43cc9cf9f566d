import { naturalOrder } from '../values/natural-order.js';
import type { Row } from '../values/row.js';
import { Instant, numberOf, type Value } from '../values/value.js';
import type { Aggregate } from './aggregate.js';

/** Keeps the value that comes first by an order. Absent values are left out. */
export class FirstInOrder implements Aggregate {
  value: Value;
  readonly #order: (one: Value, other: Value) => number;

  constructor(order: (one: Value, other: Value) => number) {
    this.#order = order;
  }

  add(value: Value): void {
    if (value === undefined) return;
    if (this.value === undefined || this.#order(value, this.value) < 0) this.value = value;
  }
}

export function reverse(order: (one: Value, other: Value) => number): (one: Value, other: Value) => number {
  return (one, other) => order(other, one);
}

/** The lowest or the greatest number; if the group has none, the first or the last text in the order of `sort` (assumed). */
export class Extreme implements Aggregate {
  readonly #numbers: FirstInOrder;
  readonly #others: FirstInOrder;

  constructor(side: 'min' | 'max') {
    this.#numbers = new FirstInOrder(side === 'min' ? naturalOrder : reverse(naturalOrder));
    this.#others = new FirstInOrder(side === 'min' ? naturalOrder : reverse(naturalOrder));
  }

  add(value: Value): void {
    const number = numberOf(value);
    if (number === undefined) this.#others.add(value);
    else this.#numbers.add(value instanceof Instant || isInexact(number) ? value : number);
  }

  get value(): Value {
    return this.#numbers.value ?? this.#others.value;
  }
}

/** Whether a text may have more digits than its number, all of which count. */
function isInexact(number: number): boolean {
  return Math.abs(number) > Number.MAX_SAFE_INTEGER;
}

/**
 * The value of the event that is the earliest or the latest (documented) of those that have one (assumed). Of events of one time,
 * the one that was taken last is the earliest. Rows of a `stats` have no time: the first one is the latest (assumed).
 */
export class ByTime implements Aggregate {
  value: Value;
  readonly #side: 'earliest' | 'latest';
  #ms = 0;

  constructor(side: 'earliest' | 'latest') {
    this.#side = side;
  }

  add(value: Value, row: Row): void {
    if (value === undefined) return;
    const ms = numberOf(row.original('@timestamp')) ?? 0;
    if (this.value !== undefined && (this.#side === 'latest' ? ms <= this.#ms : ms > this.#ms)) return;
    this.value = value;
    this.#ms = ms;
  }
}
