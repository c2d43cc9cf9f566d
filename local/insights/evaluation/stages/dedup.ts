import type { Expression } from '../../query/query.js';
import { readerOf } from '../expression/expression.js';
import type { Memory } from '../values/memory.js';
import type { Reader, Surroundings } from '../values/reader.js';
import type { Row } from '../values/row.js';
import { groupKey, weightOf } from '../values/value.js';
import type { Stage } from './stage.js';

/** Lets the first row of each combination of values pass, and every one in which a value is absent (documented). */
export class Dedup implements Stage {
  readonly isOpen = true;
  readonly #readers: readonly Reader[];
  readonly #memory: Memory;
  readonly #keys = new Set<string>();

  constructor(fields: readonly Expression[], surroundings: Surroundings, memory: Memory) {
    this.#readers = fields.map((field) => readerOf(field, surroundings));
    this.#memory = memory;
  }

  take(row: Row): boolean {
    const values = this.#readers.map((read) => read(row));
    if (values.includes(undefined)) return true;
    const key = groupKey(values);
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    this.#memory.hold(weightOf(key), 'values of dedup');
    return true;
  }
}
