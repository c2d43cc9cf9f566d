import type { Target } from '../batch/target.js';
import type { Clock, Timer } from '../io/clock.js';
import { tagOf } from './names.js';
import type { Entrance, Resting, Spool } from './spool.js';

export interface ReplayParts extends Omit<Entrance, 'mayGo'> {
  readonly spool: Spool;
  readonly clock: Clock;
  /** Whether the service takes calls, as far as is known. */
  readonly isWell: () => boolean;
  /** Batches from disk that may be on their way at the same time. */
  readonly maxBatches: () => number;
  /** Whether so much fits into memory with room to spare. */
  readonly hasRoom: (bytes: number, events: number) => boolean;
  /** Whether nothing else is to be delivered. */
  readonly isAlone: () => boolean;
  /** Called after each segment that was looked at. */
  readonly onLooked: () => void;
}

const LOOK_AGAIN_MS = 1_000;
const BETWEEN_WAVES_MS = 1;
const FIRST_PAUSE_MS = 5_000;
const MAX_PAUSE_MS = 60_000;

/** The end of the process waits no longer than this for a replay that does not get on: its events are on disk. */
const PATIENCE_MS = 2_000;

/** How long nothing comes back for a target, because the sink gave up its last batch. */
interface Pause {
  readonly failures: number;
  readonly untilMs: number;
}

/**
 * Brings segments back into the queue, the oldest first, while the service is well and live events leave room: they
 * stand in the queue like any other batch, and only so many at a time. A target that is refused holds up no other.
 *
 * While nothing else is to be delivered, they come in waves. Between two waves nothing keeps the process alive, so that a
 * program that has nothing more to do comes to its end, where a deadline counts, however much there is on disk.
 */
export class Replay {
  readonly #parts: ReplayParts;
  #timer: Timer | undefined;
  #isLoading = false;
  #isStopped = false;
  #notBeforeMs = 0;
  /** Batches that may still come in this wave. */
  #leftOfWave = 0;
  #nextWave: Timer | undefined;
  #movedMs: number;
  #patience: Timer | undefined;
  readonly #pauses = new Map<string, Pause>();

  constructor(parts: ReplayParts) {
    this.#parts = parts;
    this.#movedMs = parts.clock.monotonic();
  }

  /** Whether more comes back without anything else having to happen. */
  get isActive(): boolean {
    if (this.#isLoading) return true;
    return !this.#isStopped && this.#mayTry && (this.#oldest !== undefined || this.#parts.spool.isLooking);
  }

  /** Whether it gets on, so that the end of the process waits for it. */
  get isMoving(): boolean {
    return this.#parts.clock.monotonic() < this.#movedMs + PATIENCE_MS;
  }

  /** Looks whether a segment can come back now. */
  pump(): void {
    const { spool, maxBatches, hasRoom, isAlone } = this.#parts;
    if (this.#isLoading || this.#isStopped || !spool.oldest()) return;
    const oldest = this.#oldest;
    const mayCome = oldest && this.#mayTry && hasRoom(oldest.bytes, oldest.events);
    if (!mayCome || spool.replaying >= maxBatches()) this.#lookLater();
    else if (this.#leftOfWave > 0 || !isAlone()) void this.#load(oldest);
    else if (spool.replaying === 0) this.#beginWave();
  }

  #beginWave(): void {
    this.#nextWave ??= this.#parts.clock.after(BETWEEN_WAVES_MS, () => {
      this.#nextWave = undefined;
      this.#leftOfWave = this.#parts.maxBatches();
      this.pump();
    });
  }

  /** What dead processes left was looked through. */
  found(): void {
    this.#moved();
    this.pump();
  }

  /** The service has taken a batch for this target. */
  recovered(target: Target): void {
    this.#pauses.delete(tagOf(target));
    this.#moved();
  }

  /** A batch for this target was given up: coming back at once, it would be given up again. */
  failed(target: Target): void {
    const { failures = 0 } = this.#pauses.get(tagOf(target)) ?? {};
    const pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    this.#pauses.set(tagOf(target), {
      failures: failures + 1,
      untilMs: this.#parts.clock.monotonic() + pauseMs,
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
    this.#nextWave?.cancel();
    this.#patience?.cancel();
  }

  get #oldest(): Resting | undefined {
    return this.#parts.spool.oldest((tag) => this.mayGo(tag));
  }

  /** Whether a batch whose target has this tag may come back. */
  mayGo(tag: string): boolean {
    const untilMs = this.#pauses.get(tag)?.untilMs;
    return untilMs === undefined || this.#parts.clock.monotonic() >= untilMs;
  }

  get #mayTry(): boolean {
    return this.#parts.clock.monotonic() >= this.#notBeforeMs && this.#parts.isWell();
  }

  async #load(resting: Resting): Promise<void> {
    const { spool, clock, fits, enter, onLooked } = this.#parts;
    this.#isLoading = true;
    this.#leftOfWave--;
    const mayGoOn = await spool.load(resting, { fits, enter, mayGo: (tag) => this.mayGo(tag) });
    this.#isLoading = false;
    if (!mayGoOn) this.#notBeforeMs = Math.max(this.#notBeforeMs, clock.monotonic() + LOOK_AGAIN_MS);
    this.#moved();
    onLooked();
    this.pump();
  }

  /** Whoever waits for the end looks again when patience is at its end. */
  #moved(): void {
    if (this.#isStopped) return;
    const { clock, onLooked } = this.#parts;
    this.#movedMs = clock.monotonic();
    this.#patience?.cancel();
    this.#patience = clock.after(PATIENCE_MS, onLooked);
  }

  #lookLater(): void {
    this.#timer ??= this.#parts.clock.after(LOOK_AGAIN_MS, () => {
      this.#timer = undefined;
      this.pump();
    });
  }
}
