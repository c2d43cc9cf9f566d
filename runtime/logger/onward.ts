import type { LogRecord } from '../log-record.js';

/** The pipeline of lines that wait. */
export interface Onward {
  /** Records that something threw at. Fields, because where the stack is full, counting must not need a call. */
  readonly thrown: { count: number; isUntold: boolean; last: unknown };
  /** Number of its lines that wait. */
  buffered: number;
  /** Whether its sinks take no more lines. */
  readonly isClosed: boolean;
  /** Enriches a record of the buffer's own and passes it on. Never throws. */
  report(record: LogRecord): void;
  /** Passes on a record that has waited. Never throws. */
  goOn(record: LogRecord): void;
  /** Counts a record as filtered by `name`. */
  leaveOut(name: string): void;
}
