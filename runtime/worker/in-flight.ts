import type { HeldLine } from './held-lines.js';

/** Lines that are on their way and that the other thread may not have taken yet: if it dies, they are still here. */
export class InFlight {
  #lines: HeldLine[] = [];
  #head = 0;
  #taken = 0;

  push(line: HeldLine): void {
    this.#lines.push(line);
  }

  /** Forgets the lines that were taken, of all that were ever sent. */
  takenUpTo(taken: number): void {
    const gone = Math.min(taken - this.#taken, this.#lines.length - this.#head);
    this.#taken += gone;
    this.#head += gone;
    // What has left takes no memory for longer than what is still there.
    if (this.#head * 2 < this.#lines.length) return;
    this.#lines = this.#lines.slice(this.#head);
    this.#head = 0;
  }

  /** Those that nobody took, oldest first. */
  rest(): readonly HeldLine[] {
    return this.#lines.slice(this.#head);
  }
}
