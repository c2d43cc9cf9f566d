import { EVENT_OVERHEAD_BYTES } from '../../contract/limits.js';

/** A log record, serialized and measured. */
export interface LogEvent {
  /** Milliseconds since the epoch, an integer as the service wants it. */
  readonly timestamp: number;
  /** The message of the log event, well-formed Unicode. */
  readonly line: string;
  /** What the service counts for it: UTF-8 bytes and its overhead. */
  readonly bytes: number;
  /** Rank of the level: what is less important leaves first when memory is full. */
  readonly rank: number;
}

/** The only place where an event is measured. */
export function logEvent(timeMs: number, line: string, rank: number): LogEvent {
  // A lone surrogate would count as three bytes but be sent as six characters.
  const wellFormed = line.toWellFormed();
  return {
    timestamp: Math.max(0, Math.trunc(timeMs)),
    line: wellFormed,
    bytes: Buffer.byteLength(wellFormed) + EVENT_OVERHEAD_BYTES,
    rank,
  };
}
