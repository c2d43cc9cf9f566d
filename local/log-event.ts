import { EVENT_OVERHEAD_BYTES } from '../contract/limits.js';

/** An event as a call brings it. */
export interface InputLogEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** An event as the store keeps it; `arrival` orders events of the same millisecond, and is unique. */
export interface StoredLogEvent extends InputLogEvent {
  readonly ingestionTime: number;
  readonly arrival: number;
}

/** The bytes that the service counts: UTF-8 of the message, plus 26. */
export function countedBytes(message: string): number {
  return Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
}
