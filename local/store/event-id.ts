import type { Position } from './log-event.js';

const DIGITS = 28;

/** Identifies an event in all accounts and Regions of this server. Sorts as text like time and arrival. */
export function eventId({ timestamp, arrival }: Position): string {
  return String(timestamp).padStart(DIGITS, '0') + String(arrival).padStart(DIGITS, '0');
}

/** The time and arrival that an id has; `undefined` for a text that is none. */
export function parseEventId(id: string): Position | undefined {
  if (!/^\d{56}$/.test(id)) return undefined;
  return { timestamp: Number(id.slice(0, DIGITS)), arrival: Number(id.slice(DIGITS)) };
}
