import { EVENT_OVERHEAD_BYTES } from '../../contract/limits.js';

/** An event in a call. */
export interface InputLogEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** An event in the store. `arrival` is unique and orders events of the same millisecond. */
export interface StoredLogEvent extends InputLogEvent {
  readonly ingestionTime: number;
  readonly arrival: number;
}

/** Bytes that the service counts for a message: its UTF-8 bytes plus 26. */
export function countedBytes(message: string): number {
  return Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
}
