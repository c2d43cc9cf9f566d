import type { OtelLogRecord, OtelTime } from './log-record.js';

/** The latest time of JavaScript's dates. */
const LAST_MS = 8.64e15;

/** Milliseconds since the epoch; `undefined` where there is no time, which OpenTelemetry writes as 0. */
export function timeMsOf(time: OtelTime | undefined): number | undefined {
  const [seconds = 0, nanoseconds = 0] = time ?? [];
  const timeMs = seconds * 1_000 + Math.floor(nanoseconds / 1_000_000);
  return timeMs > 0 && timeMs <= LAST_MS ? timeMs : undefined;
}

/** When a record was logged; where that is unknown, when the SDK got it; else now. */
export function recordTimeMs({ hrTime, hrTimeObserved }: OtelLogRecord): number {
  return timeMsOf(hrTime) ?? timeMsOf(hrTimeObserved) ?? Date.now();
}
