import type { Steps } from '../../steps.js';
import type { Collector } from './collect/collector.js';
import type { Memory } from './values/memory.js';
import { type Segment, stageOf } from './plan.js';
import type { Surroundings } from './values/reader.js';
import type { Row } from './values/row.js';
import type { Stage } from './stages/stage.js';

/** A segment of a query at work. */
export class Pipeline {
  /** Rows that passed all filters. */
  matched = 0;
  readonly #stages: readonly Stage[];
  readonly #collector: Collector;
  /** The stage after which a row is counted as matched: -1 without a filter. */
  readonly #lastFilter: number;

  constructor({ commands, makeCollector }: Segment, surroundings: Surroundings, memory: Memory) {
    this.#stages = commands.map((command) => stageOf(command, surroundings, memory));
    this.#collector = makeCollector(surroundings, memory);
    this.#lastFilter = commands.findLastIndex(({ kind }) => kind.startsWith('filter'));
  }

  get isOpen(): boolean {
    return this.#collector.isOpen && this.#stages.every((stage) => stage.isOpen);
  }

  take(row: Row): void {
    if (this.#lastFilter < 0) this.matched += 1;
    for (let index = 0; index < this.#stages.length; index += 1) {
      if (!this.#stages[index]!.take(row)) return;
      if (index === this.#lastFilter) this.matched += 1;
    }
    this.#collector.add(row);
  }

  rows(): Steps<Row[]> {
    return this.#collector.rows();
  }
}
