import { MAX_CALL_BYTES, MAX_CALL_EVENTS, MAX_CALL_SPAN_MS } from '../../contract/limits.js';
import { EncodedBatch, headOf, type Slot } from './encoded-batch.js';
import type { LogEvent } from './log-event.js';
import type { Target } from './target.js';

const INITIAL_BYTES = 8_192;
const COMMA = 0x2c;

/** The batch that is being filled. Each event is escaped once, here, straight into the body of the request. */
export class OpenBatch {
  readonly #target: Target;
  readonly #slots: Slot[] = [];
  #buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  #end: number;
  #countedBytes = 0;
  #earliest = Infinity;
  #latest = -Infinity;

  constructor(target: Target) {
    this.#target = target;
    this.#end = headOf(target).copy(this.#buffer);
  }

  get count(): number {
    return this.#slots.length;
  }

  /** Bytes of memory that the batch's events take. */
  get bodyBytes(): number {
    return this.#end;
  }

  /** Whether the service would take the batch with this event in it: count, bytes and span. */
  fits(event: LogEvent): boolean {
    if (this.count === 0) return true;
    return (
      this.count < MAX_CALL_EVENTS &&
      this.#countedBytes + event.bytes <= MAX_CALL_BYTES &&
      Math.max(this.#latest, event.timestamp) - Math.min(this.#earliest, event.timestamp) <= MAX_CALL_SPAN_MS
    );
  }

  /** Adds an event that {@link OpenBatch.fits}. */
  add(event: LogEvent): void {
    const text = `{"timestamp":${event.timestamp},"message":${JSON.stringify(event.line)}}`;
    // A UTF-16 unit takes at most three bytes of UTF-8; one more for the comma.
    this.#reserve(text.length * 3 + 1);
    if (this.count > 0) this.#buffer[this.#end++] = COMMA;
    const start = this.#end;
    this.#end += this.#buffer.write(text, start);
    const { timestamp, bytes, rank } = event;
    this.#slots.push({ timestamp, bytes, rank, start, end: this.#end });
    this.#countedBytes += bytes;
    this.#earliest = Math.min(this.#earliest, timestamp);
    this.#latest = Math.max(this.#latest, timestamp);
  }

  seal(): EncodedBatch {
    return EncodedBatch.seal(this.#target, this.#slots, this.#buffer.subarray(0, this.#end));
  }

  #reserve(bytes: number): void {
    const needed = this.#end + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#buffer = larger;
  }
}
