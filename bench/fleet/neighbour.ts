import type { Service } from './service.js';
import type { Timeline } from './timeline.js';
import { poisson } from './arrivals.js';

/** Attempts and delays of the AWS SDK in its standard mode, where it is throttled. */
const MAX_ATTEMPTS = 3;
const BASE_MS = 1_000;
const MAX_DELAY_MS = 20_000;

/**
 * The calls of one client of the AWS SDK share its tokens: a retry takes five, a call that succeeds gives back what its last retry took,
 * or one. With none left, no call is made again.
 */
const RETRY_TOKENS = 500;
const RETRY_COST = 5;
const UNRETRIED_GAIN = 1;

/** The neighbour is as many processes as make so many calls a second each. */
const CALLS_OF_PROCESS = 5;

/** A fleet has found its pace after so long. */
const SETTLED_MS = 120_000;

export interface NeighbourCalls {
  calls: number;
  /** Granted at the first attempt. */
  atOnce: number;
  /** Granted at some attempt. */
  granted: number;
}

/** Another logger of the account, with the AWS SDK's own retries: what it is not granted after three attempts, it loses. */
export class Neighbour {
  readonly all: NeighbourCalls = { calls: 0, atOnce: 0, granted: 0 };
  /** Calls that began when the fleet had settled. */
  readonly settled: NeighbourCalls = { calls: 0, atOnce: 0, granted: 0 };
  readonly #service: Service;
  readonly #timeline: Timeline;
  readonly #random: () => number;
  #maxTokens = RETRY_TOKENS;
  #tokens = RETRY_TOKENS;

  constructor(service: Service, timeline: Timeline, random: () => number) {
    this.#service = service;
    this.#timeline = timeline;
    this.#random = random;
  }

  start(callsPerSecond: number, untilMs: number): void {
    this.#maxTokens = RETRY_TOKENS * Math.max(1, callsPerSecond / CALLS_OF_PROCESS);
    this.#tokens = this.#maxTokens;
    const arrivals = { perSecond: callsPerSecond, untilMs, random: this.#random };
    poisson(this.#timeline, arrivals, () => {
      const isSettled = this.#timeline.monotonic() >= SETTLED_MS;
      void this.#call(isSettled ? [this.all, this.settled] : [this.all]);
    });
  }

  async #call(counts: readonly NeighbourCalls[]): Promise<void> {
    for (const each of counts) each.calls++;
    let attempt = 1;
    while (!(await this.#isGranted())) {
      if (attempt === MAX_ATTEMPTS || this.#tokens < RETRY_COST) return;
      this.#tokens -= RETRY_COST;
      await this.#waitAfter(attempt++);
    }
    const gain = attempt === 1 ? UNRETRIED_GAIN : RETRY_COST;
    this.#tokens = Math.min(this.#maxTokens, this.#tokens + gain);
    for (const each of counts) {
      each.granted++;
      if (attempt === 1) each.atOnce++;
    }
  }

  async #isGranted(): Promise<boolean> {
    try {
      await this.#service.put(undefined, () => undefined);
      return true;
    } catch {
      return false;
    }
  }

  #waitAfter(attempt: number): Promise<void> {
    const delayMs = this.#random() * Math.min(MAX_DELAY_MS, BASE_MS * 2 ** (attempt - 1));
    return new Promise((resolve) => this.#timeline.after(delayMs, resolve));
  }
}
