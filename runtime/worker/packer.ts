import type { LogEvent } from '../batch/log-event.js';
import { frameBytes, writeFrame } from './frames.js';

/** Events that go to the other thread in one piece. */
export interface Parcel {
  /** Their frames. */
  readonly bytes: Buffer;
  readonly events: number;
}

/** Memory that is taken at a time: enough for the events of one turn of most programs. */
const MEMORY_BYTES = 65_536;

/** Packs events one after the other into memory that does not change any more. */
export class Packer {
  #memory = Buffer.alloc(0);
  #start = 0;
  #end = 0;
  #events = 0;

  /** Whether an event of so many bytes comes into the parcel that is open. */
  fits(bytes: number): boolean {
    return this.#end + bytes <= this.#memory.length;
  }

  /** An event that does not fit begins a new piece of memory; the open parcel has to be sealed before. */
  add(event: LogEvent): void {
    const bytes = frameBytes(event);
    if (!this.fits(bytes)) {
      this.#memory = Buffer.allocUnsafeSlow(Math.max(MEMORY_BYTES, bytes));
      this.#start = this.#end = 0;
    }
    this.#end = writeFrame(event, this.#memory, this.#end);
    this.#events++;
  }

  /** The events since the last one; `undefined` if there are none. */
  seal(): Parcel | undefined {
    if (this.#events === 0) return undefined;
    const parcel = { bytes: this.#memory.subarray(this.#start, this.#end), events: this.#events };
    this.#start = this.#end;
    this.#events = 0;
    return parcel;
  }
}
