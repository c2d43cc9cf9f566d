import type { QueriedEvent } from './query/queried-event.js';
import { columnsOf } from './evaluation/columns.js';
import { Memory } from './evaluation/values/memory.js';
import { Pipeline } from './evaluation/pipeline.js';
import { type Segment, segmentsOf } from './evaluation/plan.js';
import { Row } from './evaluation/values/row.js';
import { textOf, type Value } from './evaluation/values/value.js';
import type { Surroundings } from './evaluation/values/reader.js';
import { allOf, type Steps } from '../steps.js';
import type { Query } from './query/query.js';

export type { QueriedEvent } from './query/queried-event.js';

/**
 * A row of the result: texts by the name of their column. A column without a value is not in it. A row that is an event, and no group,
 * has the pointer to it last, as `@ptr` (documented).
 */
export type ResultRow = ReadonlyMap<string, string>;

export interface QueryResults {
  /** Columns in their order, also those without a value. */
  readonly columns: readonly string[];
  readonly rows: readonly ResultRow[];
  /** Events that passed all filters before the first `stats`. */
  readonly recordsMatched: number;
}

/** Bytes, as {@link Memory} estimates them, whose rows take some milliseconds to be put in order and written. */
const MOST_AT_ONCE = 1024 * 1024;

/**
 * A query while it reads log events, the last one in time first. It does not wait or look at a clock: whoever gives it the events
 * divides the work into turns.
 */
export class QueryRun {
  readonly #columns: readonly string[];
  readonly #surroundings: Surroundings;
  readonly #memory = new Memory();
  /** Reads the events. */
  readonly #first: Pipeline;
  #lateFailure: string | undefined;
  /** Segments that read the rows of the one before them. They begin anew for each result. */
  readonly #others: readonly Segment[];

  /**
   * @param nowMs when the query began, for the function `now`
   * @throws ServiceError for a function that there is not: `parseQuery` lets none through
   */
  constructor(query: Query, nowMs = 0) {
    const [first, ...others] = segmentsOf(query);
    this.#columns = columnsOf(query);
    this.#surroundings = { nowMs };
    this.#first = new Pipeline(first!, this.#surroundings, this.#memory);
    this.#others = others;
  }

  /** Why the query cannot be answered, in one line: it would hold more than it may. There are no more events to take then. */
  get failure(): string | undefined {
    return this.#memory.failure ?? this.#lateFailure;
  }

  /** Whether any further event may still change the result. */
  get isOpen(): boolean {
    return this.failure === undefined && this.#first.isOpen;
  }

  /** Takes an event. */
  take(event: QueriedEvent): void {
    if (this.isOpen) this.#first.take(new Row(event));
  }

  /** The result of the events so far; no rows after a {@link failure}. It puts them in order each time. */
  results(): QueryResults {
    return allOf(this.resultsInSteps());
  }

  /** The same. No event may be taken meanwhile. */
  *resultsInSteps(): Steps<QueryResults> {
    const rows = this.failure === undefined ? yield* this.#rows() : [];
    const texts: ResultRow[] = [];
    for (const row of this.failure === undefined ? rows : []) {
      texts.push(this.#resultRow(row));
      yield;
    }
    return { columns: this.#columns, rows: texts, recordsMatched: this.#first.matched };
  }

  /** As {@link results}, but without rows if there may be so many that nobody can wait for them at once. */
  resultsSoFar(): QueryResults {
    if (this.#memory.bytes <= MOST_AT_ONCE) return this.results();
    return { columns: this.#columns, rows: [], recordsMatched: this.#first.matched };
  }

  *#rows(): Steps<readonly Row[]> {
    const memory = new Memory();
    let rows = yield* this.#first.rows();
    for (const segment of this.#others) rows = yield* this.#rowsAfter(segment, rows, memory);
    this.#lateFailure ??= memory.failure;
    return rows;
  }

  *#rowsAfter(segment: Segment, rows: readonly Row[], memory: Memory): Steps<Row[]> {
    const pipeline = new Pipeline(segment, this.#surroundings, memory);
    for (const row of rows) {
      if (!pipeline.isOpen) break;
      pipeline.take(row.copy());
      yield;
    }
    return yield* pipeline.rows();
  }

  #resultRow(row: Row): ResultRow {
    const texts = new Map<string, string>();
    for (const column of this.#columns) setText(texts, column, row.get(column));
    setText(texts, '@ptr', row.original('@ptr'));
    row.settle();
    return texts;
  }
}

function setText(texts: Map<string, string>, column: string, value: Value): void {
  if (value !== undefined) texts.set(column, textOf(value));
}
