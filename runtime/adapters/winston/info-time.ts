/** A date with its zone, as `toISOString` and nearly all others write it. */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

/** How far the service lets the time of an event be from now. An event outside is discarded, however right its time is. */
const PAST_MS = 13 * 24 * 3_600_000;
const FUTURE_MS = 3_600_000;

export interface InfoTime {
  readonly timeMs: number;
  /** Whether the line's own timestamp says all of the member. */
  readonly isWhole: boolean;
}

/**
 * The time that a member `timestamp` gives the event. It is a date, or the number of milliseconds, near enough to now that the
 * service takes it; `undefined` for all else, which is a field as any other.
 */
export function timeOf(timestamp: unknown, nowMs: number): InfoTime | undefined {
  const timeMs = millisecondsOf(timestamp);
  if (!(timeMs >= nowMs - PAST_MS && timeMs <= nowMs + FUTURE_MS)) return undefined;
  return {
    timeMs,
    isWhole: typeof timestamp !== 'string' || timestamp === new Date(timeMs).toISOString(),
  };
}

function millisecondsOf(timestamp: unknown): number {
  if (typeof timestamp === 'string') return ISO.test(timestamp) ? Date.parse(timestamp) : NaN;
  if (timestamp instanceof Date) return timestamp.getTime();
  return typeof timestamp === 'number' ? Math.trunc(timestamp) : NaN;
}
