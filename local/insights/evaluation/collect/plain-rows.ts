import type { Steps } from '../../../steps.js';
import type { Memory } from '../values/memory.js';
import type { Row } from '../values/row.js';
import type { Collector } from './collector.js';

/** Rows in the order in which they came. */
export class PlainRows implements Collector {
  readonly #rows: Row[] = [];
  readonly #most: number;
  readonly #memory: Memory;

  constructor(most: number, memory: Memory) {
    this.#most = most;
    this.#memory = memory;
  }

  get isOpen(): boolean {
    return this.#rows.length < this.#most;
  }

  add(row: Row): void {
    if (!this.isOpen) return;
    this.#memory.hold(row.settle(), 'rows');
    this.#rows.push(row);
  }

  *rows(): Steps<Row[]> {
    yield;
    return this.#rows.slice();
  }
}
