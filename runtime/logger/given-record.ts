import type { Level } from '../../contract/levels.js';
import type { SpanContext } from '../io/open-telemetry.js';
import type { Rules } from '../serialize/reading.js';
import type { LogCall } from './log-call.js';

/** What is known of the work in which a record was made. */
export interface WorkOfRecord {
  /**
   * Whether the adapter gets it later than the application logged it: the work in which that was, with its fields and the ids of its
   * trace, is not known here.
   */
  readonly isDetached?: boolean | undefined;
  /**
   * The span in which it was logged; `null` if that was in none.
   * @default - the active span; none if the record is detached
   */
  readonly span?: SpanContext | null | undefined;
}

/** A record of another logger, which an adapter hands to one of ours. */
export interface GivenRecord extends WorkOfRecord {
  /** When it was logged, in milliseconds since the epoch. */
  readonly timeMs: number;
  /** The other logger has decided that it is logged: only `silent` keeps it out. */
  readonly level: Level;
  /**
   * Reads its message and its fields. What it throws is counted as dropped, as of any log call.
   *
   * @param rules of redaction, for values that become text
   */
  readonly content: (rules: Rules | undefined) => LogCall;
}

/** The key of the method that takes a record. Loggers of the ESM and the CommonJS copy of this package have it alike. */
export const takeRecord = Symbol.for('fapilog-cloudwatch.take-record');
