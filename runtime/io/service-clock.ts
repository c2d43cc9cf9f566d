import { elapsedMs, type Clock, type Moment } from './clock.js';
import type { Diagnostics } from './diagnostics.js';

/** A difference that network and rounding to seconds do not explain. */
const TOLERANCE_MS = 60_000;

/**
 * Whether the date of the answer to a call that was sent then may be long past: the process was frozen, or the machine slept,
 * before it read the answer.
 */
export function isPast(sent: Moment, clock: Clock): boolean {
  return elapsedMs(clock, sent) > TOLERANCE_MS;
}

/** The service's time, from the dates of its answers: its clock decides whether an event is too old, not ours. */
export class ServiceClock {
  readonly #clock: Clock;
  readonly #diagnostics: Pick<Diagnostics, 'report'>;
  #skewMs = 0;
  /** By how much our clock is ahead of the monotonic one; it changes when our clock is set. */
  #leadMs: number;
  #isKnown = true;

  constructor(clock: Clock, diagnostics: Pick<Diagnostics, 'report'>) {
    this.#clock = clock;
    this.#diagnostics = diagnostics;
    this.#leadMs = clock.now() - clock.monotonic();
  }

  /**
   * `undefined` after our clock has jumped, until the next answer: events that wait have the time of before. Before the
   * first answer, our clock is believed.
   */
  now(): number | undefined {
    const nowMs = this.#ownNow();
    return this.#isKnown ? nowMs + this.#skewMs : undefined;
  }

  /** By how much the service's clock is ahead of ours, as far as it is known and more than a minute. */
  get skewMs(): number {
    return this.#skewMs;
  }

  /** Takes the date of an answer, unless it came long after its call was sent: then it does not tell what time it is now. */
  observe(dateMs: number, sent: Moment): void {
    const nowMs = this.#ownNow();
    if (Number.isNaN(dateMs) || isPast(sent, this.#clock)) return;
    const skewMs = dateMs - nowMs;
    const isSkewed = Math.abs(skewMs) > TOLERANCE_MS;
    if (isSkewed && this.#skewMs === 0) this.#reportSkew(skewMs);
    this.#skewMs = isSkewed ? skewMs : 0;
    this.#isKnown = true;
  }

  #ownNow(): number {
    const nowMs = this.#clock.now();
    const leadMs = nowMs - this.#clock.monotonic();
    const jumpMs = leadMs - this.#leadMs;
    this.#leadMs = leadMs;
    if (Math.abs(jumpMs) > TOLERANCE_MS) this.#jumped(jumpMs);
    return nowMs;
  }

  #jumped(jumpMs: number): void {
    this.#isKnown = false;
    this.#skewMs = 0;
    const direction = jumpMs > 0 ? 'forward' : 'back';
    this.#diagnostics.report(
      'clockJump',
      `this machine's clock jumped ${direction} by ${seconds(jumpMs)} s: it was set, faked by a test, or the machine ` +
        "slept; delays and ages are not affected, and log events keep this machine's time",
    );
  }

  #reportSkew(skewMs: number): void {
    const direction = skewMs > 0 ? 'behind' : 'ahead of';
    this.#diagnostics.report(
      'clockSkew',
      `this machine's clock is ${seconds(skewMs)} s ${direction} the service's; log events keep this machine's time`,
    );
  }
}

function seconds(ms: number): number {
  return Math.round(Math.abs(ms) / 1_000);
}
