import type { CallRecord } from '../../local/calls.js';

const LOOK_MS = 1_000;

/** Collects the calls of a server from now on. It looks often: of very many calls, the server keeps the last ones only. */
export class SettledCalls {
  readonly #rows: () => readonly CallRecord[];
  readonly #onCall: (call: CallRecord) => void;
  readonly #inFlight = new Set<CallRecord>();
  readonly #timer: NodeJS.Timeout;
  #last: CallRecord | undefined;

  /**
   * @param rows the calls that the server keeps, in order of arrival; a row changes until it settles
   * @param onCall called once for each, when it has settled
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

  #collect(isDone: (call: CallRecord) => boolean): void {
    const rows = this.#rows();
    const first = this.#last === undefined ? 0 : rows.lastIndexOf(this.#last) + 1;
    for (const row of rows.slice(first)) this.#inFlight.add(row);
    this.#last = rows.at(-1) ?? this.#last;
    for (const row of [...this.#inFlight].filter(isDone)) {
      this.#inFlight.delete(row);
      this.#onCall(row);
    }
  }
}

function isSettled({ settledAtMs }: CallRecord): boolean {
  return Number.isFinite(settledAtMs);
}
