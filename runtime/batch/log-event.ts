import { EVENT_OVERHEAD_BYTES } from '../../contract/limits.js';

/** A log record, serialized, measured and escaped. */
export interface LogEvent {
  /** Milliseconds since the epoch, an integer as the service wants it. */
  readonly timestamp: number;
  /** What the service counts for it: the message's UTF-8 bytes and its overhead. */
  readonly bytes: number;
  /** Rank of the level: what is less important leaves first when memory is full. */
  readonly rank: number;
  /** The event as it stands in a request body. */
  readonly encoded: string;
  /** UTF-8 bytes of {@link LogEvent.encoded}. */
  readonly encodedBytes: number;
}

/** The only place where an event is measured and escaped. */
export function logEvent(timeMs: number, line: string, rank: number): LogEvent {
  // A lone surrogate would count as three bytes but be sent as six characters.
  const message = line.toWellFormed();
  const messageBytes = Buffer.byteLength(message);
  const timestamp = Number.isFinite(timeMs) ? Math.max(0, Math.trunc(timeMs)) : 0;
  const encoded = `{"timestamp":${timestamp},"message":${JSON.stringify(message)}}`;
  return {
    timestamp,
    bytes: messageBytes + EVENT_OVERHEAD_BYTES,
    rank,
    encoded,
    // Escaping adds ASCII characters only, a byte each.
    encodedBytes: messageBytes + encoded.length - message.length,
  };
}
