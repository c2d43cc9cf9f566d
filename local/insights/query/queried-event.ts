import { eventId } from '../../store/event-id.js';
import type { StoredLogEvent } from '../../store/log-event.js';

/** A log event as a query sees it. */
export interface QueriedEvent {
  readonly timestamp: number;
  readonly message: string;
  readonly ingestionTime: number;
  readonly logStream: string;
  /** Account and name of the log group: `123456789012:/myapp`. */
  readonly log: string;
  /** Pointer to the event: its id. */
  readonly ptr: string;
}

/** @param log account and name of the log group */
export function queriedEvent(event: StoredLogEvent, logStream: string, log: string): QueriedEvent {
  const { timestamp, message, ingestionTime } = event;
  return { timestamp, message, ingestionTime, logStream, log, ptr: eventId(event) };
}
