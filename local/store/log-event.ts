import { EVENT_OVERHEAD_BYTES } from '../../contract/limits.js';

/** An event in a call. */
export interface InputLogEvent {
  readonly timestamp: number;
  readonly message: string;
}

/**
 * An event in the store. `arrival` is unique among all stores of a server, grows with each event that arrives, and orders events of
 * the same millisecond.
 */
export interface StoredLogEvent extends InputLogEvent {
  readonly ingestionTime: number;
  readonly arrival: number;
}

/** Where an event stands in its stream, and in every order of events. */
export type Position = Pick<StoredLogEvent, 'timestamp' | 'arrival'>;

export function compareEvents(left: Position, right: Position): number {
  return left.timestamp - right.timestamp || left.arrival - right.arrival;
}

/** Bytes that the service counts for a message: its UTF-8 bytes plus 26. */
export function countedBytes(message: string): number {
  return Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
}
