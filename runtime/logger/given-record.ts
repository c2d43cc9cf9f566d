import type { Level } from '../../contract/levels.js';
import type { Rules } from '../serialize/reading.js';
import type { LogCall } from './log-call.js';

/** A record of another logger, which an adapter hands to one of ours. */
export interface GivenRecord {
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
  /**
   * Whether the adapter gets it later than the application logged it: the work in which that was, with its fields and the ids of its
   * trace, is not known here.
   */
  readonly isDetached?: boolean | undefined;
}

/** The key of the method that takes a record. Loggers of the ESM and the CommonJS copy of this package have it alike. */
export const takeRecord = Symbol.for('fapilog-cloudwatch.take-record');
