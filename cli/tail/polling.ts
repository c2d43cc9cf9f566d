import type { Clock } from '../../runtime/io/clock.js';
import { reasonOf } from '../aws/call-failure.js';
import type { NamedLogGroup } from '../aws/log-groups.js';
import { Failure } from '../failure.js';
import type { GroupReading } from './group-reading.js';
import { PollPace } from './poll-pace.js';
import type { TailedEvent } from './tailed-event.js';
import { inTimeOrder } from './time-order.js';
import { wait } from './wait.js';

export interface PollingOptions {
  readonly readings: readonly GroupReading[];
  readonly clock: Clock;
  /** The time at the service. */
  readonly serviceNow: () => number;
  /** Whether to go on once everything is shown. */
  readonly follows: boolean;
  /** Delay between polls. @default - one that adapts */
  readonly intervalMs?: number | undefined;
  readonly signal: AbortSignal;
  readonly notice: (line: string) => void;
  /** A failed call for the user. */
  readonly failureOf: (error: unknown, group: NamedLogGroup) => unknown;
  /** Resolves once the reader of the output has room for more. */
  readonly show: (events: readonly TailedEvent[]) => Promise<void>;
}

type Pages = AsyncGenerator<readonly TailedEvent[], void, undefined>;

/** Reads log groups in turn until somebody ends it, or once. */
export class Polling {
  readonly #options: PollingOptions;
  readonly #pace: PollPace;
  readonly #awaited = new Set<GroupReading>();
  /** Those whose log group was there: one that is missing later has been deleted. */
  readonly #found = new Set<GroupReading>();
  #readings: readonly GroupReading[];

  constructor(options: PollingOptions) {
    this.#options = options;
    this.#readings = options.readings;
    this.#pace = new PollPace(options.intervalMs);
  }

  async run(): Promise<void> {
    const { clock, follows, signal } = this.#options;
    while (!signal.aborted) {
      const count = await this.#poll();
      if (!follows) return;
      await wait(clock, this.#pace.delayAfter(count), signal);
    }
  }

  /** Shows what is new, and returns how much that was. */
  async #poll(): Promise<number> {
    const { clock, serviceNow, show, signal } = this.#options;
    const beganMs = clock.monotonic();
    const beganAtMs = (): number => serviceNow() - (clock.monotonic() - beganMs);
    let count = 0;
    for await (const events of inTimeOrder(this.#readings.map((each) => this.#pagesOf(each, beganAtMs)))) {
      count += events.length;
      await show(events);
      if (signal.aborted) break;
    }
    return count;
  }

  async *#pagesOf(reading: GroupReading, beganAtMs: () => number): Pages {
    try {
      yield* reading.read(beganAtMs);
      this.#found.add(reading);
    } catch (error) {
      this.#miss(reading, error);
    }
  }

  /** A log stream may come, a log group may go while others are left. Any other error ends the command. */
  #miss(reading: GroupReading, error: unknown): void {
    const { follows } = this.#options;
    const isMissing = error instanceof Error && reasonOf(error) === 'ResourceNotFoundException';
    if (!follows || !isMissing) throw this.#options.failureOf(error, reading.group);
    if (/log stream/.test(error.message)) this.#await(reading);
    else if (this.#found.has(reading)) this.#leave(reading);
    else throw this.#options.failureOf(error, reading.group);
  }

  #await(reading: GroupReading): void {
    this.#found.add(reading);
    if (this.#awaited.has(reading)) return;
    this.#awaited.add(reading);
    this.#options.notice(`${reading.group.name} has no such log stream yet; waiting for it`);
  }

  #leave(reading: GroupReading): void {
    const { name } = reading.group;
    this.#readings = this.#readings.filter((each) => each !== reading);
    if (this.#readings.length === 0) throw new Failure(`The log group ${name} has been deleted.`);
    this.#options.notice(`${name} has been deleted; the others go on`);
  }
}
