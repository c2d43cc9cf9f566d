import type { Clock } from '../io/clock.js';
import type { Report } from '../io/diagnostics.js';
import type { LogRecord } from '../log-record.js';

/** Decides about records before any sink queues them. */
export interface Filter {
  readonly name: string;
  /** The record to go on with, as it came or changed; `undefined` if it goes no further, which is counted. Never throws. */
  apply(record: LogRecord): LogRecord | undefined;
  /** The logger closes: the last chance to tell of what was suppressed. */
  close?(): void;
}

/** What a filter may use besides the record. */
export interface FilterContext {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Logs a record of the filter's own; it passes the filters that follow. */
  readonly emit: (record: LogRecord) => void;
  readonly report: Report;
}
