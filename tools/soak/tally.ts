import type { CallRecord, FaultCall, LocalCloudWatchLogs } from '../../local/index.js';

/** Answers that their callers cannot have understood. */
const LOST_ANSWERS: ReadonlySet<string> = new Set(['resetAfter', 'cutBody', 'noRequestId']);

/** Counts, for each event by its number, how often it was stored and how often in a call that was not answered. */
export class Tally {
  readonly #service: LocalCloudWatchLogs;
  readonly #open: { readonly row: CallRecord; readonly ids: Int32Array }[] = [];
  readonly #stored = new Map<number, number>();
  readonly #doubted = new Map<number, number>();
  #markers = 0;

  constructor(service: LocalCloudWatchLogs) {
    this.#service = service;
    this.watch();
  }

  /** Puts a fault on the service that never applies, but sees each call; the row of the call has just been opened. */
  watch(): void {
    this.#service.inject({
      kind: 'hang',
      when: ({ messages }: FaultCall) => {
        const row = this.#service.calls.at(-1);
        if (row) this.#open.push({ row, ids: Int32Array.from(messages, idOf) });
        return false;
      },
    });
  }

  /** Counts the calls that are settled. */
  settle(): void {
    const settled = this.#open.filter(({ row }) => row.settledAtMs !== Infinity);
    const left = this.#open.filter(({ row }) => row.settledAtMs === Infinity);
    this.#open.splice(0, this.#open.length, ...left);
    for (const { row, ids } of settled) if (row.stored > 0) this.#count(ids, isUnanswered(row));
  }

  /** Lines that the sink itself wrote, such as markers of losses; a repetition counts again. */
  get markers(): number {
    return this.#markers;
  }

  has(id: number): boolean {
    return this.#stored.has(id);
  }

  /** Events that were stored again without a call in doubt. */
  get unexplained(): number[] {
    const again = [...this.#stored].filter(([id, times]) => times - 1 > (this.#doubted.get(id) ?? 0));
    return again.map(([id]) => id);
  }

  get repeated(): number {
    return [...this.#stored.values()].filter((times) => times > 1).length;
  }

  #count(ids: Int32Array, isDoubted: boolean): void {
    for (const id of ids) {
      if (id < 0) this.#markers++;
      else this.#stored.set(id, (this.#stored.get(id) ?? 0) + 1);
      if (isDoubted) this.#doubted.set(id, (this.#doubted.get(id) ?? 0) + 1);
    }
  }
}

function isUnanswered({ status, fault }: CallRecord): boolean {
  return status !== 200 || LOST_ANSWERS.has(fault ?? '');
}

/** -1 for what the sink wrote itself. */
export function idOf(message: string): number {
  return Number(/"message":"order (\d+)"/.exec(message)?.[1] ?? -1);
}
