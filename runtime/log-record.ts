import { levelRank, type Level, type MinimumLevel } from '../contract/levels.js';

/** Further members of a log line. */
export type Fields = Readonly<Record<string, unknown>>;

/** What the application writes, as the logger hands it to the sinks. */
export interface LogRecord {
  /** Milliseconds since the epoch, taken when the application called the logger. */
  readonly timeMs: number;
  /** Level of the call. */
  readonly level: Level;
  /** Text of the call. */
  readonly message: string;
  /** Members from child loggers, from the context and from the call, in rising precedence. */
  readonly fields: readonly Fields[];
  /** Whether CloudWatch finds metrics in it. No level keeps it out, except `silent`. @default false */
  readonly isMetric?: boolean | undefined;
}

/** A record whose line somebody else has made: another thread, or another logger. */
export interface FinishedLine {
  /** Milliseconds since the epoch. */
  readonly timeMs: number;
  /** Level of the line, for sinks that take some levels only. */
  readonly level: Level;
  /** The log event's message, as it stands. */
  readonly line: string;
}

/** Whether a sink of this level takes a record. */
export function isTakenAt(minimum: MinimumLevel, record: LogRecord | FinishedLine): boolean {
  const lowest = levelRank[minimum];
  return levelRank[record.level] >= lowest || (isMetric(record) && lowest < levelRank.silent);
}

export function isMetric(record: LogRecord | FinishedLine): boolean {
  return 'isMetric' in record && record.isMetric === true;
}
