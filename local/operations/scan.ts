const MAX_EVENTS = 100_000;
const MAX_CHARACTERS = 16 * 1_048_576;

/**
 * Bounds what one call looks at, so that it holds up no other one: long lines take as much time as many. The service has a bound, too: a
 * page may be empty and still have a token (documented). Its numbers are not known.
 */
export class Scan {
  #events = 0;
  #characters = 0;

  /** Whether the call may look at this message, too; at the first one in any case. */
  takes({ length }: string): boolean {
    const isTaken =
      this.#events === 0 || (this.#events < MAX_EVENTS && this.#characters + length <= MAX_CHARACTERS);
    this.#events += 1;
    this.#characters += length;
    return isTaken;
  }
}
