import type { Clock } from './clock.js';
import type { Diagnostics } from './diagnostics.js';

/** A difference that network and rounding to seconds do not explain. */
const TOLERANCE_MS = 60_000;

/** The service's time, from the dates of its answers: its clock decides whether an event is too old, not ours. */
export class ServiceClock {
  readonly #clock: Clock;
  readonly #diagnostics: Diagnostics;
  #skewMs = 0;

  constructor(clock: Clock, diagnostics: Diagnostics) {
    this.#clock = clock;
    this.#diagnostics = diagnostics;
  }

  now(): number {
    return this.#clock.now() + this.#skewMs;
  }

  /** Takes the date of an answer that has just come in. */
  observe(dateMs: number): void {
    if (Number.isNaN(dateMs)) return;
    const skewMs = dateMs - this.#clock.now();
    const isSkewed = Math.abs(skewMs) > TOLERANCE_MS;
    if (isSkewed && this.#skewMs === 0) this.#report(skewMs);
    this.#skewMs = isSkewed ? skewMs : 0;
  }

  #report(skewMs: number): void {
    const seconds = Math.round(Math.abs(skewMs) / 1_000);
    const direction = skewMs > 0 ? 'behind' : 'ahead of';
    this.#diagnostics.report(
      'clockSkew',
      `this machine's clock is ${seconds} s ${direction} the service's; log events keep this machine's time`,
    );
  }
}
