import type { QueriedEvent } from './query/queried-event.js';
import type { Query } from './query/query.js';

export type { QueriedEvent } from './query/queried-event.js';

/** A row of the result: texts by the name of their column. A column without a value is not in it. */
export type ResultRow = ReadonlyMap<string, string>;

export interface QueryResults {
  /** Columns in their order, also those without a value. */
  readonly columns: readonly string[];
  readonly rows: readonly ResultRow[];
  /** Events that passed all filters before the first `stats`. */
  readonly recordsMatched: number;
}

/**
 * A query while it reads log events, the last one in time first. It does not wait or look at a clock: whoever gives it the events
 * divides the work into turns.
 */
export class QueryRun {
  constructor(query: Query) {
    void query;
    throw new Error('Not written yet.');
  }

  /** Whether any further event may still change the result. */
  get isOpen(): boolean {
    throw new Error('Not written yet.');
  }

  /** Takes an event. */
  take(event: QueriedEvent): void {
    void event;
    throw new Error('Not written yet.');
  }

  /** The result of the events so far. */
  results(): QueryResults {
    throw new Error('Not written yet.');
  }
}
