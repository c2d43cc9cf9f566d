import type { Position, StoredLogEvent } from '../store/log-event.js';
import type { EventRow } from './answers.js';
import type { Source } from './source.js';

/** Enough for each safe integer, so that ids sort as text. */
const DIGITS = 16;

/** A stored event, and where it is. */
export interface FoundEvent {
  readonly source: Source;
  readonly event: StoredLogEvent;
}

export function eventRow({ source, event }: FoundEvent): EventRow {
  const { groupId, stream } = source;
  const { timestamp, ingestionTime, message } = event;
  return { id: eventId(event), group: groupId, stream: stream.name, timestamp, ingestionTime, message };
}

export function eventId({ timestamp, arrival }: Position): string {
  return `${padded(timestamp)}-${padded(arrival)}`;
}

/** The position that an id names; undefined if it is none of ours. */
export function positionOf(id: string): Position | undefined {
  const parts = /^(\d{16})-(\d{16})$/.exec(id);
  return parts === null ? undefined : { timestamp: Number(parts[1]), arrival: Number(parts[2]) };
}

function padded(value: number): string {
  return String(value).padStart(DIGITS, '0');
}
