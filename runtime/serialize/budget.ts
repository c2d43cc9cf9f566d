/**
 * What one record may have in its line. A log event of 1 MiB has room for no more, and whatever a log call is given, it is
 * done within milliseconds.
 */
export const MAX_VALUES = 131_072;

/** The member that says that there were more. */
export const MORE = '…';

/** UTF-16 units of texts and names. */
const MAX_UNITS = 12_582_912;

/** The same where each text is searched for what is to be hidden. An event has room for half of it. */
const MAX_SEARCHED_UNITS = 2_097_152;

/**
 * Values of objects that stand in the line already. Some objects that refer to each other unfold into more values than there
 * are atoms; each of them is written once whatever happens, and this often again.
 */
export const MAX_REPEATED_VALUES = 4_096;

/** Counts what one record has taken of its room. */
export class Budget {
  readonly #maxUnits: number;
  #values = MAX_VALUES;
  #units: number;
  #repeated = MAX_REPEATED_VALUES;
  #leastValues = 0;
  #leastUnits = 0;
  #isRepeating = false;

  /** @param isSearched whether texts are searched for what is to be hidden */
  constructor(isSearched = false) {
    this.#maxUnits = isSearched ? MAX_SEARCHED_UNITS : MAX_UNITS;
    this.#units = this.#maxUnits;
  }

  /**
   * A field of the line begins: it may take three quarters of the values that are left, and half of the text, so that there is
   * room for those behind it.
   */
  beginField(): void {
    this.#leastValues = this.#values >> 2;
    this.#leastUnits = this.#units >> 1;
  }

  /** Takes a value; says whether there is room for it. */
  takeValue(): boolean {
    if (this.#values <= this.#leastValues) return false;
    if (this.#isRepeating && --this.#repeated < 0) return false;
    this.#values--;
    return true;
  }

  /** Takes this many units of text, or as many as there is room for, and says how many. */
  takeUnits(wanted: number): number {
    const taken = Math.min(wanted, this.#units - this.#leastUnits);
    this.#units -= taken;
    return taken;
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

  /** UTF-16 units and values that have been taken. */
  get taken(): { readonly values: number; readonly units: number } {
    return { values: MAX_VALUES - this.#values, units: this.#maxUnits - this.#units };
  }
}
