import { groupKey, type Value, weightOf } from '../values/value.js';
import type { Aggregate, Hold } from './aggregate.js';

/** `count(*)`. */
export class RowCount implements Aggregate {
  value = 0;

  add(): void {
    this.value += 1;
  }
}

/** `count(field)`: rows that have the field (documented). */
export class ValueCount implements Aggregate {
  value = 0;

  add(value: Value): void {
    if (value !== undefined) this.value += 1;
  }
}

/** Counts texts. The service approximates great counts (documented); this one is exact. */
export class DistinctCount implements Aggregate {
  readonly #keys = new Set<string>();
  readonly #hold: Hold;

  constructor(hold: Hold) {
    this.#hold = hold;
  }

  add(value: Value): void {
    if (value === undefined) return;
    const key = groupKey([value]);
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    this.#hold(weightOf(key));
  }

  get value(): number {
    return this.#keys.size;
  }
}
