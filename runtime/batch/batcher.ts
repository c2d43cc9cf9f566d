import type { Clock, Timer } from '../io/clock.js';
import type { EncodedBatch } from './encoded-batch.js';
import type { LogEvent } from './log-event.js';
import { OpenBatch } from './open-batch.js';
import type { Target } from './target.js';

export interface BatcherOptions {
  /** Events that complete a batch. */
  readonly batchSize: number;
  /** Longest time that an event waits for its batch to fill. */
  readonly lingerMs: number;
}

/** Fills one batch at a time. It is complete by count or by bytes, and due by age. */
export class Batcher {
  readonly #target: Target;
  readonly #options: BatcherOptions;
  readonly #clock: Clock;
  readonly #onSealed: (batch: EncodedBatch) => void;
  readonly #onDue: () => void;
  #open: OpenBatch;
  #linger: Timer | undefined;
  #isDue = false;

  constructor(
    target: Target,
    options: BatcherOptions,
    clock: Clock,
    on: { readonly sealed: (batch: EncodedBatch) => void; readonly due: () => void },
  ) {
    this.#target = target;
    this.#options = options;
    this.#clock = clock;
    this.#onSealed = on.sealed;
    this.#onDue = on.due;
    this.#open = new OpenBatch(target);
  }

  /** Events in the open batch. */
  get events(): number {
    return this.#open.count;
  }

  /** Bytes that the open batch's events take. */
  get bytes(): number {
    return this.#open.count === 0 ? 0 : this.#open.bodyBytes;
  }

  add(event: LogEvent): void {
    if (!this.#open.fits(event)) this.seal();
    if (this.#open.count === 0) this.#startLinger();
    this.#open.add(event);
    if (this.#open.count >= this.#options.batchSize) this.seal();
  }

  /** Closes the open batch and hands it on; nothing happens if it is empty. */
  seal(): void {
    this.#linger?.cancel();
    this.#isDue = false;
    if (this.#open.count === 0) return;
    const sealed = this.#open.seal();
    this.#open = new OpenBatch(this.#target);
    this.#onSealed(sealed);
  }

  /** Closes the open batch if its oldest event has waited long enough; says whether it did. */
  sealDue(): boolean {
    if (!this.#isDue) return false;
    this.seal();
    return true;
  }

  #startLinger(): void {
    const due = (): void => {
      this.#isDue = true;
      this.#onDue();
    };
    this.#linger = this.#clock.after(this.#options.lingerMs, due, false);
  }
}
