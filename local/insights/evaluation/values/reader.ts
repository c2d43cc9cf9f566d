import type { Row } from './row.js';
import type { Value } from './value.js';

/** Reads the value of an expression from a row. */
export type Reader = (row: Row) => Value;

export type Condition = (row: Row) => boolean;

/** A function of values, most of which have no result for an absent value (assumed). */
export type ValueFunction = (...values: Value[]) => Value;

/** What an expression is evaluated with besides a row. */
export interface Surroundings {
  /** When the query began. */
  readonly nowMs: number;
}
