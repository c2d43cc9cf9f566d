import type { HeldLine } from './held-lines.js';

/** Lines that are on their way and that the other thread may not have taken yet: if it dies, they are still here. */
export class InFlight {
  #lines: HeldLine[] = [];
  #head = 0;
  #taken = 0;
  #bytes = 0;

  get length(): number {
    return this.#lines.length - this.#head;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(line: HeldLine): void {
    this.#lines.push(line);
    this.#bytes += line.frame.length;
  }

  /** Forgets the lines that were taken, of all that were ever sent. */
  takenUpTo(taken: number): void {
    for (; this.#taken < taken && this.#head < this.#lines.length; this.#taken++) {
      this.#bytes -= this.#lines[this.#head++]!.frame.length;
    }
    if (this.#head * 2 < this.#lines.length) return;
    this.#lines = this.#lines.slice(this.#head);
    this.#head = 0;
  }

  /** Those that nobody took, oldest first. */
  rest(): readonly HeldLine[] {
    return this.#lines.slice(this.#head);
  }
}
