import { systemClock, type Moment } from '../io/clock.js';
import { isPast } from '../io/service-clock.js';
import type { ClientOptions } from '../send/client-options.js';
import type { AnswerHead } from './exchange.js';

/** The time that calls are signed with: the service refuses a signature that is minutes off, so its own answers correct it. */
export class SigningClock {
  readonly #onServiceDate: ClientOptions['onServiceDate'];
  readonly #clock: NonNullable<ClientOptions['clock']>;
  /** How far the service is ahead of this machine. */
  #offsetMs = 0;

  constructor({ onServiceDate, clock = systemClock }: Pick<ClientOptions, 'onServiceDate' | 'clock'>) {
    this.#onServiceDate = onServiceDate;
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now() + this.#offsetMs;
  }

  /** Takes the date of an answer, unless it is of the past: from a cache, or long on its way. */
  observe({ headers: { date, age } }: AnswerHead, sent: Moment): void {
    const dateMs = Date.parse(date ?? '');
    if (Number.isNaN(dateMs)) return;
    this.#onServiceDate(dateMs, sent);
    if (age === undefined && !isPast(sent, this.#clock)) this.#offsetMs = dateMs - this.#clock.now();
  }
}
