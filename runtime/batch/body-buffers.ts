import type { Clock } from '../io/clock.js';

const INITIAL_BYTES = 8_192;

/** Up to here, a buffer is small. */
export const MAX_SMALL_BYTES = 65_536;

/** Doubling ends here: with the next step, most full batches have room. */
const LAST_DOUBLE_BYTES = 524_288;

const FULL_BYTES = 1_310_720;

/** By how much full batches of the same program differ in length. */
const MARGIN = 1 / 64;

/** Large buffers that wait to be written again. */
const MAX_SPARE = 2;

/** Without use for so long, none waits. */
const IDLE_MS = 10_000;

/**
 * Buffers that request bodies are written into. A buffer belongs to whoever takes it, until it is given back. Large ones
 * are written again and again while many events are logged: the system has mapped their memory, and garbage is saved.
 */
export class BodyBuffers {
  readonly #clock: Pick<Clock, 'after'> | undefined;
  #small: Buffer | undefined;
  readonly #spare: Buffer[] = [];
  /** Bytes for a large body like the last one. */
  #usualBytes = 0;
  #isTimed = false;
  #isUsed = false;

  /** @param clock absent if there is one batch only: then no buffer waits to be written again */
  constructor(clock?: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  /** A buffer to begin in. */
  take(bytes: number): Buffer {
    const small = this.#small;
    if (!small || small.length < bytes) return Buffer.allocUnsafeSlow(Math.max(INITIAL_BYTES, bytes));
    this.#small = undefined;
    return small;
  }

  /** A buffer for whom this one is too short. */
  takeLarger({ length }: Buffer, needed: number): Buffer {
    const bytes = Math.max(needed, larger(length));
    if (bytes <= MAX_SMALL_BYTES) return Buffer.allocUnsafeSlow(bytes);
    this.#isUsed = true;
    const fitting = this.#spare.findLastIndex((spare) => spare.length >= needed);
    const [spare] = fitting < 0 ? [] : this.#spare.splice(fitting, 1);
    return spare ?? Buffer.allocUnsafeSlow(Math.max(bytes, this.#usualBytes));
  }

  /** Takes a buffer back in which a body had room to spare. A large one is let go: it may be too large for what comes. */
  leave(buffer: Buffer): void {
    if (buffer.length <= MAX_SMALL_BYTES) this.#small = buffer;
    else this.#usualBytes = 0;
  }

  /** Expects that the next large body is like one of this length. */
  expect(bytes: number): void {
    this.#usualBytes = Math.ceil(bytes * (1 + MARGIN));
  }

  /** Takes a large buffer back that a body had filled. Nobody may read it any more. */
  giveBack(buffer: Buffer): void {
    if (!this.#clock || this.#spare.length >= MAX_SPARE) return;
    this.#spare.push(buffer);
    if (!this.#isTimed) this.#startTimer(this.#clock);
  }

  #startTimer(clock: Pick<Clock, 'after'>): void {
    this.#isTimed = true;
    this.#isUsed = false;
    clock.after(IDLE_MS, () => {
      this.#isTimed = false;
      if (!this.#isUsed) this.#spare.length = 0;
      else if (this.#spare.length > 0) this.#startTimer(clock);
    });
  }
}

/** Pages that are not written yet take no memory. */
function larger(bytes: number): number {
  return bytes < LAST_DOUBLE_BYTES ? bytes * 2 : Math.max(FULL_BYTES, Math.ceil(bytes * 1.25));
}
