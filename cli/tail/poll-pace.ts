const SHORTEST_MS = 1_000;
const LONGEST_MS = 5_000;

/** How long to wait between two polls: shortly while events come, longer and longer while none do. */
export class PollPace {
  readonly #fixedMs: number | undefined;
  #delayMs = SHORTEST_MS;

  /** @param fixedMs a delay that is always the same */
  constructor(fixedMs?: number) {
    this.#fixedMs = fixedMs;
  }

  /** The delay after a poll that has found so many new events. */
  delayAfter(count: number): number {
    if (this.#fixedMs !== undefined) return this.#fixedMs;
    this.#delayMs = count > 0 ? SHORTEST_MS : Math.min(LONGEST_MS, this.#delayMs * 2);
    return this.#delayMs;
  }
}
