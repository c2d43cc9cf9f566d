import { safeJson } from '../terminal/safe-text.js';
import type { TailedEvent } from './tailed-event.js';

/** An event for scripts, as an object on a line. The message stays the text that was logged, JSON or not. */
export function jsonLine({ timestamp, ingestionTime, eventId, ...event }: TailedEvent): string {
  const { logGroup, logStream, message } = event;
  return `${safeJson(
    JSON.stringify({
      logGroup,
      logStream,
      timestamp: timeText(timestamp),
      ...(ingestionTime !== undefined && { ingestionTime: timeText(ingestionTime) }),
      ...(eventId !== undefined && { eventId }),
      message,
    }),
  )}\n`;
}

/** The message alone, byte by byte. Those of Lambda end their line themselves. */
export function rawLine({ message }: TailedEvent): string {
  return message.endsWith('\n') ? message : `${message}\n`;
}

function timeText(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
