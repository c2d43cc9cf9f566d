import type { LogEvent } from '../batch/log-event.js';
import { FrameReader } from './frames.js';
import type { Parcel } from './packer.js';

/** Events that are on their way and that the other thread may not have taken yet: if it dies, they are still here. */
export class InFlight {
  #parcels: Parcel[] = [];
  #taken = 0;
  /** Events that were taken of the oldest parcel. */
  #takenOfFirst = 0;

  push(parcel: Parcel): void {
    this.#parcels.push(parcel);
  }

  /** Forgets the events that were taken, of all that were ever sent. */
  takenUpTo(taken: number): void {
    this.#takenOfFirst += taken - this.#taken;
    this.#taken = taken;
    let first = this.#parcels[0];
    while (first && first.events <= this.#takenOfFirst) {
      this.#takenOfFirst -= first.events;
      this.#parcels.shift();
      first = this.#parcels[0];
    }
  }

  /** Those that nobody took, oldest first. */
  rest(): LogEvent[] {
    const text = this.#parcels.map(({ bytes }) => bytes.toString()).join('');
    const frames = new FrameReader().take(text);
    return frames.flatMap((frame) => ('event' in frame ? [frame.event] : [])).slice(this.#takenOfFirst);
  }
}
