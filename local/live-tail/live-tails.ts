import type { Readable } from 'node:stream';
import type { AccountRegion } from '../arns.js';
import { EventStream } from '../protocol/event-stream.js';
import { ServiceError } from '../service-error.js';
import type { Stores } from '../store/stores.js';
import { type LiveTail, LiveTailSession } from './live-tail-session.js';

/** Sessions at the same time, in an account's Region (documented). */
const MAX_SESSIONS = 15;

/** The Live Tail sessions of a server. */
export class LiveTails {
  readonly #stores: Stores;
  readonly #clock: () => number;
  readonly #random: () => number;
  readonly #open = new Map<string, number>();

  constructor(stores: Stores, clock: () => number, random: () => number) {
    this.#stores = stores;
    this.#clock = clock;
    this.#random = random;
  }

  /**
   * Answers with a session, which begins when the answer does.
   *
   * @throws ServiceError if the account has too many. The text is assumed.
   */
  start(place: AccountRegion, tail: LiveTail): EventStream {
    if (this.#count(place, 0) >= MAX_SESSIONS)
      throw new ServiceError(
        'LimitExceededException',
        `There are ${MAX_SESSIONS} Live Tail sessions, which is the limit.`,
      );
    return new EventStream(() => this.#begin(place, tail));
  }

  #begin(place: AccountRegion, tail: LiveTail): Readable {
    const session = new LiveTailSession(tail, this.#clock, this.#random);
    const stopListening = this.#stores.onStored((stored) => session.note(stored));
    this.#count(place, 1);
    session.once('close', () => {
      stopListening();
      this.#count(place, -1);
    });
    return session;
  }

  #count({ accountId, region }: AccountRegion, by: number): number {
    const key = `${accountId}/${region}`;
    const count = (this.#open.get(key) ?? 0) + by;
    this.#open.set(key, count);
    return count;
  }
}
