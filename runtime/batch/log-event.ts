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

/** The message of an event, as it stands in a request body. */
export interface EncodedText {
  /** A JSON string without its quotes. */
  readonly text: string;
  /** Characters that escaping has added, all of them ASCII. */
  readonly added: number;
}

/** An event with a line that is not escaped. */
export function logEvent(timeMs: number, line: string, rank: number): LogEvent {
  // A lone surrogate would count as three bytes but be sent as six characters.
  return encodedEvent(timeMs, escaped(line.toWellFormed()), rank);
}

/** The only place where an event is measured. */
export function encodedEvent(timeMs: number, { text, added }: EncodedText, rank: number): LogEvent {
  const timestamp = Number.isFinite(timeMs) ? Math.max(0, Math.trunc(timeMs)) : 0;
  const encoded = `{"timestamp":${timestamp},"message":"${text}"}`;
  const encodedBytes = Buffer.byteLength(encoded);
  const frameBytes = encoded.length - text.length;
  return {
    timestamp,
    bytes: encodedBytes - frameBytes - added + EVENT_OVERHEAD_BYTES,
    rank,
    encoded,
    encodedBytes,
  };
}

/** A text as it stands inside a JSON string. */
export function escaped(text: string): EncodedText {
  const json = JSON.stringify(text);
  return { text: json.slice(1, -1), added: json.length - 2 - text.length };
}
