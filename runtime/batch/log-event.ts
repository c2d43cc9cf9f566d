import { EVENT_OVERHEAD_BYTES } from '../../contract/limits.js';

/** A log record, serialized, measured and escaped. */
export interface LogEvent {
  /** Milliseconds since the epoch, an integer as the service wants it. */
  readonly timestamp: number;
  /** What the service counts for it: the message's UTF-8 bytes and its overhead. */
  readonly bytes: number;
  /** Rank of the level: the lowest leaves first when memory is full. */
  readonly rank: number;
  /** Begins with the event as it stands in a request body, UTF-8. */
  readonly encoded: Buffer;
  /** Bytes of the event in {@link LogEvent.encoded}. */
  readonly encodedBytes: number;
}

/** An event with this line. */
export function logEvent(timeMs: number, line: string, rank: number): LogEvent {
  // A lone surrogate would count as three bytes but be sent as six characters.
  const message = line.toWellFormed();
  const timestamp = timestampOf(timeMs);
  const encoded = Buffer.from(`{"timestamp":${timestamp},"message":${JSON.stringify(message)}}`);
  const bytes = Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
  return { timestamp, bytes, rank, encoded, encodedBytes: encoded.length };
}

/** What stands before the line. */
export function eventHead(timestamp: number): Buffer {
  return Buffer.from(`{"timestamp":${timestamp},"message":"`);
}

/** Milliseconds since the epoch as the service takes them: an integer, not negative. */
export function timestampOf(timeMs: number): number {
  return Number.isFinite(timeMs) ? Math.max(0, Math.trunc(timeMs)) : 0;
}
