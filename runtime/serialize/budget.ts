/**
 * What the values of one record may cost: an item of a list one, a member two, an object one more, as they take time and
 * room. A log event of 1 MiB has room for less, and whatever a log call is given, it is done within milliseconds.
 */
export const MAX_VALUES = 196_608;

/** The member that says that there were more. */
export const MORE = '…';

/** UTF-16 units of texts and names of a record: more than one log event has room for. */
export const MAX_UNITS = 2_621_440;

/** The same of a record that may become several log events. */
export const MAX_SPLIT_UNITS = 12_582_912;

/**
 * Values of objects that stand in the line already. Some objects that refer to each other unfold into more values than there
 * are atoms; each of them is written once whatever happens, and this often again.
 */
export const MAX_REPEATED_VALUES = 4_096;

/**
 * Units that names and short texts, and the beginnings of long ones, may have where there is no room for more: beside a text
 * that is too long, a code or an id stays whole.
 */
const RESERVED_UNITS = 524_288;
const SHORT_UNITS = 1_024;

/** Counts what one record has taken of its room. */
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
   * A field of the line begins: it may take three quarters of the values that are left, and half of the text, so that there is
   * room for those behind it.
   */
  beginField(): void {
    this.#leastLeft = this.#left >> 2;
    this.#leastUnits = this.#units >> 1;
  }

  /** Takes a value of this cost; says whether there is room for it. */
  takeValue(cost = 1): boolean {
    if (this.#left - cost < this.#leastLeft) return false;
    if (this.#isRepeating && --this.#repeated < 0) return false;
    this.#left -= cost;
    this.#takenValues++;
    return true;
  }

  /** Takes this many units of text, or as many as there is room for, and says how many. */
  takeUnits(wanted: number): number {
    const taken = Math.min(wanted, this.#units - this.#leastUnits);
    const least = Math.min(wanted, SHORT_UNITS, this.#reserved);
    if (taken < least) this.#reserved -= least;
    else this.#units -= taken;
    this.#takenUnits += Math.max(taken, least);
    return Math.max(taken, least);
  }

  /** Runs `work` for an object that stands in the line already. */
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

  /** Values and UTF-16 units that have been taken. */
  get taken(): { readonly values: number; readonly units: number } {
    return { values: this.#takenValues, units: this.#takenUnits };
  }
}
