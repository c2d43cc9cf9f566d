import type { Clock, Timer } from '../io/clock.js';
import type { Entrance, Spool } from './spool.js';

export interface ReplayParts extends Entrance {
  readonly spool: Spool;
  readonly clock: Clock;
  /** Whether the service takes calls, as far as is known. */
  readonly isWell: () => boolean;
  /** Batches from disk that may be on their way at the same time. */
  readonly maxBatches: () => number;
  /** Whether so much fits into memory with room to spare. */
  readonly hasRoom: (bytes: number, events: number) => boolean;
  /** Called after each segment that was looked at. */
  readonly onLooked: () => void;
}

const LOOK_AGAIN_MS = 1_000;
const FIRST_PAUSE_MS = 5_000;
const MAX_PAUSE_MS = 60_000;

/**
 * Brings segments back into the queue, the oldest first, while the service is well and live events leave room: they
 * stand in the queue like any other batch, and only so many at a time.
 */
export class Replay {
  readonly #parts: ReplayParts;
  #timer: Timer | undefined;
  #isLoading = false;
  #isStopped = false;
  #notBeforeMs = 0;
  #failures = 0;

  constructor(parts: ReplayParts) {
    this.#parts = parts;
  }

  /** Whether more comes back without anything else having to happen. */
  get isActive(): boolean {
    return this.#isLoading || (!this.#isStopped && !!this.#parts.spool.oldest && this.#mayTry);
  }

  /** Looks whether a segment can come back now. */
  pump(): void {
    const { spool, maxBatches, hasRoom } = this.#parts;
    const { oldest } = spool;
    if (!oldest || this.#isLoading || this.#isStopped) return;
    if (this.#mayTry && spool.replaying < maxBatches() && hasRoom(oldest.bytes, oldest.events)) {
      void this.#load(oldest);
    } else this.#lookLater();
  }

  /** The service has taken a batch. */
  recovered(): void {
    this.#failures = 0;
    this.#notBeforeMs = 0;
  }

  /** A batch was given up: coming back at once, it would be given up again. */
  failed(): void {
    const pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures++);
    this.#notBeforeMs = this.#parts.clock.now() + pauseMs;
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  get #mayTry(): boolean {
    return this.#parts.clock.now() >= this.#notBeforeMs && this.#parts.isWell();
  }

  async #load(segment: NonNullable<Spool['oldest']>): Promise<void> {
    const { spool, clock, onLooked } = this.#parts;
    this.#isLoading = true;
    const isLoaded = await spool.load(segment, this.#parts);
    this.#isLoading = false;
    if (!isLoaded) this.#notBeforeMs = Math.max(this.#notBeforeMs, clock.now() + LOOK_AGAIN_MS);
    onLooked();
    this.pump();
  }

  #lookLater(): void {
    const look = (): void => {
      this.#timer = undefined;
      this.pump();
    };
    this.#timer ??= this.#parts.clock.after(LOOK_AGAIN_MS, look, false);
  }
}
