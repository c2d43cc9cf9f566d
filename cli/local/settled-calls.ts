import type { CallRecord } from '../../local/calls.js';

const LOOK_MS = 1_000;

/** Collects the calls of a server from now on. It looks often: of very many calls, the server keeps the last ones only. */
export class SettledCalls {
  readonly #rows: () => readonly CallRecord[];
  readonly #onCall: (call: CallRecord) => void;
  readonly #timer: NodeJS.Timeout;
  #last: CallRecord | undefined;

  /**
   * @param rows the calls that the server keeps, in order of arrival
   * @param onCall called once for each, in this order
   */
  constructor(rows: () => readonly CallRecord[], onCall: (call: CallRecord) => void) {
    this.#rows = rows;
    this.#onCall = onCall;
    this.#last = rows().at(-1);
    this.#timer = setInterval(() => this.#collect(isSettled), LOOK_MS).unref();
  }

  /** Collects the rest, calls in flight included. */
  end(): void {
    clearInterval(this.#timer);
    this.#collect(() => true);
  }

  /** Stops at the first call that does not pass: those behind it wait for it. */
  #collect(passes: (call: CallRecord) => boolean): void {
    const rows = this.#rows();
    const first = this.#last === undefined ? 0 : rows.lastIndexOf(this.#last) + 1;
    for (let index = first; index < rows.length && passes(rows[index]!); index++) {
      this.#last = rows[index]!;
      this.#onCall(this.#last);
    }
  }
}

function isSettled({ settledAtMs }: CallRecord): boolean {
  return Number.isFinite(settledAtMs);
}
