import { targetKey, type Target } from '../batch/target.js';
import type { Clock, Timer } from '../io/clock.js';
import type { Segment } from './segment.js';
import type { Entrance, Spool } from './spool.js';

export interface ReplayParts extends Omit<Entrance, 'mayGo'> {
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

/** How long nothing comes back for a target, because the sink gave up its last batch. */
interface Pause {
  readonly failures: number;
  readonly untilMs: number;
}

/**
 * Brings segments back into the queue, the oldest first, while the service is well and live events leave room: they
 * stand in the queue like any other batch, and only so many at a time. A target that is refused holds up no other.
 */
export class Replay {
  readonly #parts: ReplayParts;
  #timer: Timer | undefined;
  #isLoading = false;
  #isStopped = false;
  #notBeforeMs = 0;
  readonly #pauses = new Map<string, Pause>();

  constructor(parts: ReplayParts) {
    this.#parts = parts;
  }

  /** Whether more comes back without anything else having to happen. */
  get isActive(): boolean {
    return this.#isLoading || (!this.#isStopped && this.#mayTry && this.#oldest !== undefined);
  }

  /** Looks whether a segment can come back now. */
  pump(): void {
    const { spool, maxBatches, hasRoom } = this.#parts;
    if (this.#isLoading || this.#isStopped || !spool.oldest()) return;
    const oldest = this.#oldest;
    if (oldest && this.#mayTry && spool.replaying < maxBatches() && hasRoom(oldest.bytes, oldest.events)) {
      void this.#load(oldest);
    } else this.#lookLater();
  }

  /** The service has taken a batch for this target. */
  recovered(target: Target): void {
    this.#pauses.delete(targetKey(target));
  }

  /** A batch for this target was given up: coming back at once, it would be given up again. */
  failed(target: Target): void {
    const { failures = 0 } = this.#pauses.get(targetKey(target)) ?? {};
    const pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    this.#pauses.set(targetKey(target), {
      failures: failures + 1,
      untilMs: this.#parts.clock.monotonic() + pauseMs,
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  get #oldest(): Segment | undefined {
    return this.#parts.spool.oldest((target) => this.#mayGo(target));
  }

  /** Whether a batch for this target may come back; to know that an unread segment has one, it must be read. */
  #mayGo(target: Target | undefined): boolean {
    const untilMs = target ? this.#pauses.get(targetKey(target))?.untilMs : undefined;
    return untilMs === undefined || this.#parts.clock.monotonic() >= untilMs;
  }

  get #mayTry(): boolean {
    return this.#parts.clock.monotonic() >= this.#notBeforeMs && this.#parts.isWell();
  }

  async #load(segment: Segment): Promise<void> {
    const { spool, clock, fits, enter, onLooked } = this.#parts;
    this.#isLoading = true;
    const isLoaded = await spool.load(segment, { fits, enter, mayGo: (target) => this.#mayGo(target) });
    this.#isLoading = false;
    if (!isLoaded) this.#notBeforeMs = Math.max(this.#notBeforeMs, clock.monotonic() + LOOK_AGAIN_MS);
    onLooked();
    this.pump();
  }

  #lookLater(): void {
    this.#timer ??= this.#parts.clock.after(LOOK_AGAIN_MS, () => {
      this.#timer = undefined;
      this.pump();
    });
  }
}
