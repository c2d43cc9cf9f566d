import {
  MAX_CALL_BYTES,
  MAX_CALL_SPAN_MS,
  MAX_EVENT_BYTES,
  MAX_FUTURE_MS,
  MAX_PAST_MS,
} from '../../contract/limits.js';
import { invalidParameter } from '../service-error.js';
import { countedBytes, type InputLogEvent } from '../store/log-event.js';

/** Refuses a call as a whole, for the sizes, the order or the span of its events. */
export function checkBatch(events: readonly InputLogEvent[], nowMs: number): void {
  checkSizes(events);
  checkOrder(events);
  checkSpan(events, nowMs);
}

/** The text for the call is reported. The text for the event is seen in source, with today's limit assumed. */
function checkSizes(events: readonly InputLogEvent[]): void {
  let callBytes = 0;
  for (const { message } of events) {
    const eventBytes = countedBytes(message);
    if (eventBytes > MAX_EVENT_BYTES) {
      throw invalidParameter(`Log event too large: ${eventBytes} bytes exceeds limit of ${MAX_EVENT_BYTES}`);
    }
    callBytes += eventBytes;
  }
  if (callBytes > MAX_CALL_BYTES) {
    throw invalidParameter(`Upload too large: ${callBytes} bytes exceeds limit of ${MAX_CALL_BYTES}`);
  }
}

/** Equal times are in order. The text is seen in source. */
function checkOrder(events: readonly InputLogEvent[]): void {
  const ordered = events.every((event, index) => event.timestamp >= (events[index - 1]?.timestamp ?? 0));
  if (ordered) return;
  throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
}

/**
 * Counts only events between 14 days past and two hours ahead. That a span of exactly 24 hours is allowed is assumed.
 * That events past the retention of the log group count is assumed, too: the stricter reading. The text is seen in
 * source.
 */
function checkSpan(events: readonly InputLogEvent[], nowMs: number): void {
  const valid = events.filter(({ timestamp }) => !isTooOld(timestamp, nowMs) && !isTooNew(timestamp, nowMs));
  const [first, last] = [valid[0], valid.at(-1)];
  if (first === undefined || last === undefined) return;
  if (last.timestamp - first.timestamp <= MAX_CALL_SPAN_MS) return;
  throw invalidParameter(
    'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
  );
}

export function isTooOld(timestamp: number, nowMs: number): boolean {
  return timestamp < nowMs - MAX_PAST_MS;
}

export function isTooNew(timestamp: number, nowMs: number): boolean {
  return timestamp > nowMs + MAX_FUTURE_MS;
}
