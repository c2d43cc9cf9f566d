import { MAX_CALL_EVENTS } from '../../contract/limits.js';
import type { Clock } from '../io/clock.js';
import { needStack } from '../io/stack.js';
import { BodyBuffers } from './body-buffers.js';
import type { EncodedBatch } from './encoded-batch.js';
import type { LogEvent } from './log-event.js';
import { OpenBatch } from './open-batch.js';
import type { Target } from './target.js';

export interface BatcherOptions {
  /** Events that complete a batch. */
  readonly batchSize: number;
  /** Longest time that an event waits for its batch to fill. */
  readonly lingerMs: number;
  /** Whether a batch may leave the events of its last millisecond to the next one. @default true */
  readonly mayLeave?: boolean | undefined;
}

/** Where the batcher hands over. */
export interface BatcherListener {
  /** The event is in the open batch; it is not sealed yet. */
  added?(event: LogEvent): void;
  /** Takes the batch, or throws; then its events stay in the open batch. */
  sealed(batch: EncodedBatch): void;
  /** The open batch has waited long enough; {@link Batcher.sealDue} closes it. */
  due(): void;
}

/**
 * The share of a full batch that may be left for the next one, so that they have no millisecond in common and can be
 * in flight together. A longer run of one millisecond is divided, and its parts are sent one after the other.
 */
const MAX_LEFT_SHARE = 1 / 32;

/** Fills one batch at a time. It is complete by count or by bytes, and due by age. */
export class Batcher {
  /** The batch that is being filled. */
  readonly open: OpenBatch;
  readonly #options: BatcherOptions;
  readonly #clock: Clock;
  readonly #listener: BatcherListener;
  #isTimed = false;
  #isDue = false;
  #openedAtMs: number | undefined;

  constructor(target: Target, options: BatcherOptions, clock: Clock, listener: BatcherListener) {
    this.#options = options;
    this.#clock = clock;
    this.#listener = listener;
    this.open = new OpenBatch(target, new BodyBuffers(clock));
  }

  /** When the oldest event of the open batch came, by the monotonic clock. */
  get openedAtMs(): number | undefined {
    return this.#openedAtMs;
  }

  add(event: LogEvent): void {
    const { batchSize, mayLeave = true } = this.#options;
    if (!this.open.fits(event)) this.#hand(mayLeave ? event : undefined);
    this.#openedAtMs ??= this.#clock.monotonic();
    if (!this.#isDue && !this.#isTimed) this.#startTimer(this.#options.lingerMs);
    this.open.add(event);
    this.#listener.added?.(event);
    // At the service's own limit the next event seals, which can then choose where to cut.
    if (batchSize < MAX_CALL_EVENTS && this.open.count >= batchSize) this.seal();
  }

  /** Closes the open batch and hands it on; nothing happens if it is empty. */
  seal(): void {
    if (this.open.count > 0) this.#hand();
  }

  /** Closes the open batch if its oldest event has waited long enough; says whether it did. */
  sealDue(): boolean {
    if (!this.#isDue) return false;
    this.seal();
    return true;
  }

  /** @param next the event for which room is made, if the batch may leave some events to it */
  #hand(next?: LogEvent): void {
    needStack('aChange');
    const handOver = (batch: EncodedBatch): void => this.#listener.sealed(batch);
    if (next) this.open.sealFor(next, MAX_LEFT_SHARE, handOver);
    else this.open.seal(handOver);
    this.#isDue = false;
    this.#openedAtMs = this.open.count > 0 ? this.#clock.monotonic() : undefined;
  }

  #startTimer(delayMs: number): void {
    const openedAtMs = this.#openedAtMs;
    this.#clock.after(delayMs, () => this.#lingered(openedAtMs));
    this.#isTimed = true;
  }

  /** The timer is not stopped for each batch that is sealed: it may be a later batch that waits now. */
  #lingered(openedAtMs: number | undefined): void {
    this.#isTimed = false;
    if (this.#openedAtMs === undefined) return;
    const leftMs = this.#openedAtMs + this.#options.lingerMs - this.#clock.monotonic();
    // The timer of this very batch is believed, whatever the clock says.
    if (leftMs > 0 && this.#openedAtMs !== openedAtMs) {
      this.#startTimer(Math.min(leftMs, this.#options.lingerMs));
      return;
    }
    this.#isDue = true;
    this.#listener.due();
  }
}
