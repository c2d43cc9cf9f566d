import type { Clock } from '../io/clock.js';
import type { Report } from '../io/diagnostics.js';
import type { LogRecord } from '../log-record.js';

/** Lets records through, changes them or holds them back, before any sink queues them. */
export interface Filter {
  /** Names the filter in `stats().filtered` and in reports. */
  readonly name: string;
  /** Returns the record, as it came or changed, or `undefined` to hold it back, which is counted. Must not throw. */
  apply(record: LogRecord): LogRecord | undefined;
  /** Called when the logger closes: the last chance to emit a summary of what was suppressed. */
  close?(): void;
}

/** What a filter may use besides the record and its settings. */
export interface FilterContext {
  /** Time; tests set it. */
  readonly clock: Clock;
  /** A random number from 0 to below 1. */
  readonly random: () => number;
  /** Logs a record of the filter's own; it passes the filters that follow. */
  readonly emit: (record: LogRecord) => void;
  /** Reports trouble to the operator, not through the logger. */
  readonly report: Report;
}
