/** Whose clock times are shown by. */
export type Zone = 'local' | 'utc';

export interface ClockTime {
  /** `2026-11-29` */
  readonly date: string;
  /** `01:12:55.042` */
  readonly time: string;
}

/** A time in ms since 1970 as a clock of the zone shows it. */
export function clockTime(ms: number, zone: Zone): ClockTime {
  const shifted = zone === 'utc' ? ms : ms - new Date(ms).getTimezoneOffset() * 60_000;
  const date = new Date(shifted);
  if (Number.isNaN(date.getTime())) return { date: '', time: String(ms) };
  const [day = '', time = ''] = date.toISOString().slice(0, -1).split('T');
  return { date: day, time };
}

/** `2026-11-29 01:12:55.042 UTC`, or with the offset of the local zone: `2026-11-29 02:12:55.042 +01:00`. */
export function fullTime(ms: number, zone: Zone): string {
  const { date, time } = clockTime(ms, zone);
  return `${date} ${time} ${zone === 'utc' ? 'UTC' : offsetOf(ms)}`;
}

function offsetOf(ms: number): string {
  const minutes = -new Date(ms).getTimezoneOffset();
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.trunc(size / 60), size % 60].map((each) => String(each).padStart(2, '0'));
  return `${minutes < 0 ? '−' : '+'}${hours}:${rest}`;
}

/** What an input of type `datetime-local` holds for a time. */
export function inputTime(ms: number, zone: Zone): string {
  const { date, time } = clockTime(ms, zone);
  return `${date}T${time}`;
}

/** The time that such an input holds, `undefined` if it holds none. */
export function parseInputTime(text: string, zone: Zone): number | undefined {
  if (!/^\d{4,6}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(text)) return undefined;
  const ms = Date.parse(zone === 'utc' ? `${text}Z` : text);
  return Number.isNaN(ms) ? undefined : ms;
}
