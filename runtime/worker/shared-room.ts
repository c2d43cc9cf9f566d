import type { CloudWatchValues } from '../../contract/sections.js';
import type { Held, SharedMemory } from '../queue/overflow.js';

/** Bytes of the ring between the threads, at most. */
const MAX_RING_BYTES = 2 * 1_024 * 1_024;

/** The share of the memory that the ring may be: what is in it has left, and cannot make room for more important lines. */
const RING_SHARE = 1 / 4;

type Limits = Pick<CloudWatchValues, 'maxQueueBytes' | 'maxQueueEvents'>;

/** Counted by the application's thread, by the worker, and what the worker has. Each number is written by one of them only. */
const CAME_BYTES = 0;
const CAME_EVENTS = 1;
const TAKEN_BYTES = 2;
const TAKEN_EVENTS = 3;
const HELD_BYTES = 4;
const HELD_EVENTS = 5;
const NUMBERS = 6;

const MAX_NUMBER = 2 ** 32 - 1;

/**
 * How the two threads share the memory that `maxQueueBytes` and `maxQueueEvents` bound. Each of them sees at any time what
 * the other one has, and takes what that leaves; as much as the ring holds is always left to lines on their way, so that
 * new lines reach the worker, which knows what is the least important of all that it has.
 *
 *     lines that wait for the worker, in the ring and before it | events that the worker has
 */
export class SharedRoom implements SharedMemory {
  /** Bytes of the ring between the threads. */
  readonly ringBytes: number;
  readonly buffer: SharedArrayBuffer;
  /** The counts go round; their difference, which is never larger than the memory, does not. */
  readonly #numbers: Uint32Array;
  readonly #limits: Held;
  readonly #way: Held;
  /** Of the line that the worker is taking: it is still in the ring, and counts once. */
  #arriving: Held = { bytes: 0, events: 0 };

  constructor(
    { maxQueueBytes, maxQueueEvents }: Limits,
    buffer = new SharedArrayBuffer(NUMBERS * Uint32Array.BYTES_PER_ELEMENT),
  ) {
    this.buffer = buffer;
    this.#numbers = new Uint32Array(buffer);
    this.#limits = { bytes: maxQueueBytes, events: maxQueueEvents };
    this.ringBytes = Math.min(MAX_RING_BYTES, Math.floor(maxQueueBytes * RING_SHARE));
    const events = Math.ceil((maxQueueEvents * this.ringBytes) / maxQueueBytes);
    this.#way = { bytes: this.ringBytes, events };
  }

  /** Lines that the worker has not taken. */
  get waiting(): Held {
    return {
      bytes: (this.#read(CAME_BYTES) - this.#read(TAKEN_BYTES)) >>> 0,
      events: (this.#read(CAME_EVENTS) - this.#read(TAKEN_EVENTS)) >>> 0,
    };
  }

  /** Events that the worker has. */
  get held(): Held {
    return { bytes: this.#read(HELD_BYTES), events: this.#read(HELD_EVENTS) };
  }

  /** Whether a line of so many bytes may wait, too. */
  admits(lineBytes: number): boolean {
    const { waiting, held } = this;
    return (
      waiting.bytes + lineBytes <= Math.max(this.#way.bytes, this.#limits.bytes - held.bytes) &&
      waiting.events + 1 <= Math.max(this.#way.events, this.#limits.events - held.events)
    );
  }

  /** A line waits from now on. */
  came(lineBytes: number): void {
    this.#add(CAME_BYTES, lineBytes);
    this.#add(CAME_EVENTS, 1);
  }

  /** It does not wait any more: it was given up. */
  left(lineBytes: number): void {
    this.#add(CAME_BYTES, -lineBytes);
    this.#add(CAME_EVENTS, -1);
  }

  /** The worker takes a line, and says by `holds` what it has then. */
  take(lineBytes: number, enter: () => void): void {
    this.#arriving = { bytes: lineBytes, events: 1 };
    try {
      enter();
    } finally {
      this.#arriving = { bytes: 0, events: 0 };
      this.#add(TAKEN_BYTES, lineBytes);
      this.#add(TAKEN_EVENTS, 1);
    }
  }

  /** What the worker has from now on. */
  holds({ bytes, events }: Held): void {
    Atomics.store(this.#numbers, HELD_BYTES, Math.min(bytes, MAX_NUMBER));
    Atomics.store(this.#numbers, HELD_EVENTS, Math.min(events, MAX_NUMBER));
  }

  /** What the worker has to leave to lines that wait. */
  get others(): Held {
    const { waiting } = this;
    return {
      bytes: Math.max(this.#way.bytes, waiting.bytes - this.#arriving.bytes),
      events: Math.max(this.#way.events, waiting.events - this.#arriving.events),
    };
  }

  #add(index: number, count: number): void {
    Atomics.store(this.#numbers, index, this.#numbers[index]! + count);
  }

  #read(index: number): number {
    return Atomics.load(this.#numbers, index);
  }
}
