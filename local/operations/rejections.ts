import type { InputLogEvent } from '../store/log-event.js';
import { isTooNew, isTooOld } from './rules.js';

/**
 * Which events of an accepted call were discarded, as positions in the call:
 *
 *     0 .. tooOld    too old          (exclusive end: API)
 *       .. expired   past retention   (exclusive end: assumed, by its name)
 *       .. tooNew    stored
 *     tooNew .. n    too new          (inclusive start: API)
 */
export interface RejectedLogEventsInfo {
  /** Position behind the last event that is too old. */
  readonly tooOldLogEventEndIndex?: number | undefined;
  /** Position behind the last event that is past the retention. */
  readonly expiredLogEventEndIndex?: number | undefined;
  /** Position of the first event that is too new. */
  readonly tooNewLogEventStartIndex?: number | undefined;
}

/** How many events of a call were discarded for each reason. */
export interface RejectionCounts {
  /** Older than 14 days. */
  readonly tooOld: number;
  /** Past the retention of the log group. */
  readonly expired: number;
  /** More than two hours in the future. */
  readonly tooNew: number;
}

/** Positions outside of the call are clamped. An event that is too old and too new, as a fault can say, is too old. */
export function rejectionCounts(rejected: RejectedLogEventsInfo, events: number): RejectionCounts {
  const within = (position: number): number => Math.min(Math.max(position, 0), events);
  const tooOld = within(rejected.tooOldLogEventEndIndex ?? 0);
  const expired = Math.max(within(rejected.expiredLogEventEndIndex ?? 0) - tooOld, 0);
  const tooNew = events - Math.max(within(rejected.tooNewLogEventStartIndex ?? events), tooOld + expired);
  return { tooOld, expired, tooNew };
}

/** Positions of the events that the service would discard; `undefined` if it keeps all. Expects sorted events. */
export function rejectionsOf(
  events: readonly InputLogEvent[],
  nowMs: number,
  expiresBeforeMs: number,
): RejectedLogEventsInfo | undefined {
  const tooOld = countWhile(events, ({ timestamp }) => isTooOld(timestamp, nowMs));
  const expired = countWhile(
    events,
    ({ timestamp }) => isTooOld(timestamp, nowMs) || timestamp < expiresBeforeMs,
  );
  const tooNew = countWhile(events, ({ timestamp }) => !isTooNew(timestamp, nowMs));
  if (expired === 0 && tooNew === events.length) return undefined;
  return {
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > tooOld && { expiredLogEventEndIndex: expired }),
    ...(tooNew < events.length && { tooNewLogEventStartIndex: tooNew }),
  };
}

/** Events that the positions leave. Positions outside of the call are clamped. */
export function keptEvents(
  events: readonly InputLogEvent[],
  rejected: RejectedLogEventsInfo,
): InputLogEvent[] {
  const start = Math.max(rejected.tooOldLogEventEndIndex ?? 0, rejected.expiredLogEventEndIndex ?? 0, 0);
  const end = Math.max(rejected.tooNewLogEventStartIndex ?? events.length, start);
  return events.slice(start, end);
}

function countWhile<T>(items: readonly T[], holds: (item: T) => boolean): number {
  const end = items.findIndex((item) => !holds(item));
  return end < 0 ? items.length : end;
}
