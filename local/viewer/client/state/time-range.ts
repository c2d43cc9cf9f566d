/** Which time is shown: all, the last minutes, or from one instant to another, either of which may be open. Times are in ms since 1970. */
export type TimeRange =
  | { readonly kind: 'all' }
  | { readonly kind: 'last'; readonly ms: number }
  | { readonly kind: 'between'; readonly start?: number | undefined; readonly end?: number | undefined };

export interface Bounds {
  readonly start?: number | undefined;
  /** Exclusive. */
  readonly end?: number | undefined;
}

export const ALL_TIME: TimeRange = { kind: 'all' };

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const NAMES = { s: 'second', m: 'minute', h: 'hour', d: 'day' } as const;
type Unit = keyof typeof UNITS;

/** Offered at a click. */
export const PRESETS = ['1m', '5m', '15m', '1h', '6h', '1d', '7d'] as const;

/** Milliseconds of a text such as `15m`, `90s` or `7d`; `undefined` of any other. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = /^\s*(\d{1,6})\s*([smhd])\s*$/.exec(text) ?? [];
  return count && Number(count) > 0 ? Number(count) * UNITS[unit as Unit] : undefined;
}

/** The shortest text that `parseDuration` reads as these milliseconds, which are whole seconds. */
export function formatDuration(ms: number): string {
  const unit = unitOf(ms);
  return `${ms / UNITS[unit]}${unit}`;
}

/** As in `Last 15 minutes`. */
export function durationInWords(ms: number): string {
  const unit = unitOf(ms);
  const count = ms / UNITS[unit];
  return count === 1 ? NAMES[unit] : `${count} ${NAMES[unit]}s`;
}

function unitOf(ms: number): Unit {
  return (['d', 'h', 'm'] as const).find((unit) => ms % UNITS[unit] === 0) ?? 's';
}

export function boundsOf(range: TimeRange, nowMs: number): Bounds {
  if (range.kind === 'all') return {};
  return range.kind === 'last'
    ? { start: Math.max(0, nowMs - range.ms) }
    : { start: range.start, end: range.end };
}

/** Whether events that come now are shown. */
export function isOpenEnded(range: TimeRange, nowMs: number): boolean {
  const { end } = boundsOf(range, nowMs);
  return end === undefined || end > nowMs;
}

export function sameRange(one: TimeRange, other: TimeRange): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
