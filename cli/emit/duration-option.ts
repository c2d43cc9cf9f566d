import { InvalidArgumentError } from 'commander';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Timers of Node.js take no longer time. */
const MAX_MS = 86_400_000;

/** @throws InvalidArgumentError with what is allowed */
export function parseDuration(text: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)$/.exec(text.trim()) ?? [];
  const durationMs = Number(count) * (UNIT_MS[unit ?? ''] ?? Number.NaN);
  if (durationMs <= MAX_MS) return durationMs;
  throw new InvalidArgumentError('Allowed: a duration from 0s to 24h such as 500ms, 30s or 5m.');
}
