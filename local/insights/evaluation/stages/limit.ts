import type { Stage } from './stage.js';

/** Lets so many rows pass. */
export class Limit implements Stage {
  #left: number;

  constructor(count: number) {
    this.#left = count;
  }

  get isOpen(): boolean {
    return this.#left > 0;
  }

  take(): boolean {
    this.#left -= 1;
    return this.#left >= 0;
  }
}
