import type { Steps } from '../../../steps.js';
import type { Row } from '../values/row.js';

/** Keeps the rows that passed the commands before it, as far as the result needs them. */
export interface Collector {
  add(row: Row): void;
  /** Whether any further row may change the result. */
  readonly isOpen: boolean;
  /** The rows so far, in their order. May be asked for again and again. */
  rows(): Steps<Row[]>;
}
