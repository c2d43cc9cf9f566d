import { InvalidArgumentError } from 'commander';

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)$/;

function durationOf(text: string): number | undefined {
  const [, count, unit] = DURATION.exec(text.trim()) ?? [];
  // The service counts in whole milliseconds.
  return count === undefined ? undefined : Math.round(Number(count) * UNIT_MS[unit!]!);
}

/**
 * A duration that an option says, such as `500ms` or `30s`, in milliseconds. A number alone counts seconds.
 *
 * @throws InvalidArgumentError with what is allowed
 */
export function parseDuration(text: string, leastMs: number, mostMs: number): number {
  const durationMs = durationOf(/^[\d.]+$/.test(text) ? `${text}s` : text);
  if (durationMs !== undefined && durationMs >= leastMs && durationMs <= mostMs) return durationMs;
  throw new InvalidArgumentError(
    `Allowed: a duration such as 500ms, 30s or 5m, from ${leastMs / 1_000}s to ${mostMs / 1_000}s.`,
  );
}

/**
 * A time that an option says: a duration before now such as `10m`, `2h` or `1d`, an ISO 8601 time, or milliseconds since 1970.
 *
 * @throws InvalidArgumentError with what is allowed
 */
export function parseTime(text: string, nowMs = Date.now()): number {
  const timeMs = timeOf(text, nowMs);
  if (timeMs >= 0) return timeMs;
  throw new InvalidArgumentError(
    timeMs < 0
      ? 'It is before 1970, where the times of the service begin. Give a later one.'
      : 'Allowed: a duration before now such as 90s, 10m, 2h or 1d, a time such as 2026-01-31T08:00:00Z, or milliseconds since 1970.',
  );
}

/** NaN for a text that says none. */
function timeOf(text: string, nowMs: number): number {
  const beforeMs = durationOf(text);
  if (beforeMs !== undefined) return nowMs - beforeMs;
  if (/^\d{12,14}$/.test(text)) return Number(text);
  return /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
}
