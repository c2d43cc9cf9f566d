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
  readonly tooOldLogEventEndIndex?: number | undefined;
  readonly expiredLogEventEndIndex?: number | undefined;
  readonly tooNewLogEventStartIndex?: number | undefined;
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
