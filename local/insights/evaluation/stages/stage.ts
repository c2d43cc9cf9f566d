import type { Row } from '../values/row.js';

/** A command that a row passes. */
export interface Stage {
  /** Changes the row; false drops it. */
  take(row: Row): boolean;
  /** Whether any further row may pass. */
  readonly isOpen: boolean;
}

/** A stage that remembers nothing. */
export function stage(take: (row: Row) => boolean): Stage {
  return { take, isOpen: true };
}
