/** A period of time, such as `5m`: a number and one of the units `ms s m h d w mo q y`. */
export interface Period {
  readonly count: number;
  readonly unit: string;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const UNIT_MONTHS: Readonly<Record<string, number>> = { mo: 1, q: 3, y: 12 };
/** A greater number counts as this one (documented). */
const MOST: Readonly<Record<string, number>> = { ms: 1_000, s: 60, m: 60, h: 24 };
/** Weeks begin on a Monday (assumed): the first one after 1970 began. */
const FIRST_MONDAY_MS = 4 * UNIT_MS['d']!;

/** `undefined` for a text that is no period. */
export function readPeriod(text: string): Period | undefined {
  const [, digits, unit] = /^(\d+)([a-z]+)$/.exec(text) ?? [];
  if (unit === undefined || !(unit in UNIT_MS || unit in UNIT_MONTHS)) return undefined;
  return { count: Math.min(Math.max(Number(digits), 1), MOST[unit] ?? Number.MAX_SAFE_INTEGER), unit };
}

/** The start of the period in which a time is, in UTC. */
export function startOfPeriod(ms: number, { count, unit }: Period): number {
  const months = UNIT_MONTHS[unit];
  if (months !== undefined) return monthStart(Math.floor(monthOf(ms) / (months * count)) * months * count);
  const lengthMs = UNIT_MS[unit]! * count;
  const originMs = unit === 'w' ? FIRST_MONDAY_MS : 0;
  return Math.floor((ms - originMs) / lengthMs) * lengthMs + originMs;
}

/** The end of the period in which a time is; the time itself if a period starts there. */
export function endOfPeriod(ms: number, period: Period): number {
  const startMs = startOfPeriod(ms, period);
  if (startMs === ms) return ms;
  const months = UNIT_MONTHS[period.unit];
  if (months !== undefined) return monthStart(monthOf(startMs) + months * period.count);
  return startMs + UNIT_MS[period.unit]! * period.count;
}

/** Months since 1970. */
function monthOf(ms: number): number {
  const date = new Date(ms);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

function monthStart(month: number): number {
  return Date.UTC(1970, month);
}
