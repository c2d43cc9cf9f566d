import type { Column, StatsCommand } from '../../query/query.js';
import type { Steps } from '../../../steps.js';
import type { Aggregate } from '../aggregates/aggregate.js';
import { aggregateMaker } from '../aggregates/aggregate-table.js';
import { readerOf } from '../expression/expression.js';
import type { Memory } from '../values/memory.js';
import type { Reader, Surroundings } from '../values/reader.js';
import { Row } from '../values/row.js';
import { groupKey, type Value, weightOf } from '../values/value.js';
import { type Aggregation, takeAggregates } from './aggregation.js';
import type { Collector } from './collector.js';

interface Group {
  readonly keys: readonly Value[];
  readonly aggregates: readonly Aggregate[];
}

/** Estimated bytes of a group and of each of its aggregates. */
const GROUP_BYTES = 200;
const AGGREGATE_BYTES = 100;

/** The groups of `stats`, in the order in which their first rows came (assumed): those of `bin()` fall. No rows, no group (assumed). */
export class Groups implements Collector {
  readonly isOpen = true;
  readonly #by: readonly Column[];
  readonly #keyReaders: readonly Reader[];
  readonly #makers: readonly ReturnType<typeof aggregateMaker>[];
  /** What each aggregate is given of a row. */
  readonly #parts: readonly (Reader | undefined)[];
  readonly #columns: readonly { readonly name: string; readonly read: Reader }[];
  readonly #aggregations: readonly Aggregation[];
  readonly #groups = new Map<string, Group>();
  readonly #memory: Memory;

  constructor({ aggregates, by }: StatsCommand, surroundings: Surroundings, memory: Memory) {
    const { columns, aggregations } = takeAggregates(aggregates);
    this.#by = by;
    this.#keyReaders = by.map(({ expression }) => readerOf(expression, surroundings));
    this.#aggregations = aggregations;
    this.#makers = aggregations.map(({ call }) => aggregateMaker(call));
    this.#parts = aggregations.map(
      ({
        call: {
          arguments: [part],
        },
      }) => part && readerOf(part, surroundings),
    );
    this.#columns = columns.map(({ name, expression }) => ({
      name,
      read: readerOf(expression, surroundings),
    }));
    this.#memory = memory;
  }

  add(row: Row): void {
    const keys = this.#keyReaders.map((read) => read(row));
    const key = groupKey(keys);
    const { aggregates } = this.#groups.get(key) ?? this.#addGroup(key, keys);
    for (let index = 0; index < aggregates.length; index += 1)
      aggregates[index]!.add(this.#parts[index]?.(row), row);
  }

  *rows(): Steps<Row[]> {
    const rows: Row[] = [];
    for (const group of this.#groups.values()) {
      rows.push(this.#rowOf(group));
      yield;
    }
    return rows;
  }

  #addGroup(key: string, keys: readonly Value[]): Group {
    const hold = (bytes: number): void => this.#memory.hold(bytes, 'values of groups');
    const group = { keys, aggregates: this.#makers.map((make) => make(hold)) };
    this.#groups.set(key, group);
    this.#memory.hold(GROUP_BYTES + AGGREGATE_BYTES * this.#makers.length + 2 * weightOf(key), 'groups');
    return group;
  }

  #rowOf({ keys, aggregates }: Group): Row {
    const row = new Row();
    for (const [index, { name }] of this.#by.entries()) row.set(name, keys[index]);
    for (const [index, { name }] of this.#aggregations.entries()) row.set(name, aggregates[index]!.value);
    for (const { name, read } of this.#columns) row.set(name, read(row));
    return row;
  }
}
