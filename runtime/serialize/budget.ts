/**
 * The most that the values of one record may cost. An item of a list costs one, a member two and an object one more, about as
 * they take time and room. A log event of 1 MiB has room for less, and a log call ends within milliseconds, whatever it is given.
 */
export const MAX_VALUES = 196_608;

/** The name of the member that says how many more members there were. */
export const MORE = '…';

/** The most UTF-16 units of texts and names of a record: more than one log event has room for. */
export const MAX_UNITS = 2_621_440;

/** The same for a record that may become several log events. */
export const MAX_SPLIT_UNITS = 12_582_912;

/**
 * The most values of objects that are in the line already. A few objects that refer to each other can unfold into more values than
 * there are atoms. Each object is written once; all repetitions together have this many values.
 */
export const MAX_REPEATED_VALUES = 4_096;

/**
 * Units reserved for names, short texts and the beginnings of long ones, when all others are used up: beside a text that is too
 * long, a code or an id stays whole.
 */
const RESERVED_UNITS = 524_288;
const SHORT_UNITS = 1_024;

/** Counts the room that one record uses. */
export class Budget {
  #left = MAX_VALUES;
  #units: number;
  #reserved = RESERVED_UNITS;
  #repeated = MAX_REPEATED_VALUES;
  #leastLeft = 0;
  #leastUnits = 0;
  #isRepeating = false;
  #takenValues = 0;
  #takenUnits = 0;

  constructor(maxUnits = MAX_UNITS) {
    this.#units = maxUnits;
  }

  /**
   * Called at the start of a field. It may take three quarters of the values that are left and half of the units, so that there is
   * room for the fields behind it.
   */
  beginField(): void {
    this.#leastLeft = this.#left >> 2;
    this.#leastUnits = this.#units >> 1;
  }

  /** Takes a value of this cost; `false` if there is no room for it. */
  takeValue(cost = 1): boolean {
    if (this.#left - cost < this.#leastLeft) return false;
    if (this.#isRepeating && --this.#repeated < 0) return false;
    this.#left -= cost;
    this.#takenValues++;
    return true;
  }

  /** Takes this many units of text, or as many as there is room for, and returns how many. */
  takeUnits(wanted: number): number {
    const taken = Math.min(wanted, this.#units - this.#leastUnits);
    const least = Math.min(wanted, SHORT_UNITS, this.#reserved);
    if (taken < least) this.#reserved -= least;
    else this.#units -= taken;
    this.#takenUnits += Math.max(taken, least);
    return Math.max(taken, least);
  }

  /** Runs `work` for an object that is in the line already: its values count as repeated. */
  repeating<Result>(work: () => Result): Result {
    const before = this.#isRepeating;
    this.#isRepeating = true;
    try {
      return work();
    } finally {
      this.#isRepeating = before;
    }
  }

  get mayRepeat(): boolean {
    return this.#repeated > 0;
  }

  /** The values and UTF-16 units taken so far. */
  get taken(): { readonly values: number; readonly units: number } {
    return { values: this.#takenValues, units: this.#takenUnits };
  }
}
