import type { Row } from '../values/row.js';
import type { Value } from '../values/value.js';

/** What an aggregate of `stats` has seen of a group. */
export interface Aggregate {
  add(value: Value, row: Row): void;
  readonly value: Value;
}

/** Reports bytes that an aggregate keeps. */
export type Hold = (bytes: number) => void;
