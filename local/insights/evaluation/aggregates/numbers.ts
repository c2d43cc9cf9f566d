import { finite, numberOf, type Value } from '../values/value.js';
import type { Aggregate, Hold } from './aggregate.js';

/** Sums numbers; other values are left out, and there is no sum of none (assumed). */
export class Sum implements Aggregate {
  #sum = 0;
  #count = 0;

  add(value: Value): void {
    const number = numberOf(value);
    if (number === undefined) return;
    this.#sum += number;
    this.#count += 1;
  }

  get value(): number | undefined {
    return this.#count === 0 ? undefined : finite(this.#sum);
  }

  get mean(): number | undefined {
    return this.value === undefined ? undefined : this.value / this.#count;
  }
}

export class Average implements Aggregate {
  readonly #sum = new Sum();

  add(value: Value): void {
    this.#sum.add(value);
  }

  get value(): number | undefined {
    return this.#sum.mean;
  }
}

/** The deviation of the whole group, not of a sample (assumed), by Welford's method, which keeps no values. */
export class StandardDeviation implements Aggregate {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: Value): void {
    const number = numberOf(value);
    if (number === undefined) return;
    this.#count += 1;
    const difference = number - this.#mean;
    this.#mean += difference / this.#count;
    this.#squares += difference * (number - this.#mean);
  }

  get value(): number | undefined {
    return this.#count === 0 ? undefined : finite(Math.sqrt(this.#squares / this.#count));
  }
}

const BYTES_A_NUMBER = 16;

/** Keeps the numbers of a group for what needs their order. */
class Numbers implements Aggregate {
  readonly #numbers: number[] = [];
  readonly #hold: Hold;
  readonly #choose: (sorted: Float64Array) => number;

  constructor(hold: Hold, choose: (sorted: Float64Array) => number) {
    this.#hold = hold;
    this.#choose = choose;
  }

  add(value: Value): void {
    const number = numberOf(value);
    if (number === undefined) return;
    this.#numbers.push(number);
    this.#hold(BYTES_A_NUMBER);
  }

  get value(): number | undefined {
    return this.#numbers.length === 0 ? undefined : this.#choose(Float64Array.from(this.#numbers).toSorted());
  }
}

/** The lowest number of the group that so many percent of its numbers do not exceed: no interpolation (assumed). */
export function percentile(percent: number, hold: Hold): Aggregate {
  return new Numbers(hold, (sorted) => {
    const rank = Math.ceil((percent / 100) * sorted.length);
    return sorted[Math.min(Math.max(rank, 1), sorted.length) - 1]!;
  });
}

/** Halfway between the two middle numbers of an even count (assumed). */
export function median(hold: Hold): Aggregate {
  return new Numbers(hold, (sorted) => {
    const middle = Math.floor(sorted.length / 2);
    return sorted.length % 2 === 1 ? sorted[middle]! : sorted[middle - 1]! / 2 + sorted[middle]! / 2;
  });
}
