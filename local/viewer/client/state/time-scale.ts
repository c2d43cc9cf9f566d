import type { Histogram } from '../../answers.js';

/** The time of the event that comes after this share (0 to 1) of all events, by their histogram; `undefined` if it has no event. */
export function timeAtShare({ start, bucketMs, events }: Histogram, share: number): number | undefined {
  const total = events.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let rest = Math.min(1, Math.max(0, share)) * total;
  const bucket = events.findIndex((count) => {
    const isHere = count > 0 && rest <= count;
    if (!isHere) rest -= count;
    return isHere;
  });
  const found = bucket < 0 ? events.length - 1 : bucket;
  return Math.floor(start + (found + rest / Math.max(1, events[found]!)) * bucketMs);
}

/** The share of all events that are before the time. */
export function shareAtTime({ start, bucketMs, events }: Histogram, ms: number): number {
  const total = events.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  const place = Math.min(events.length, Math.max(0, (ms - start) / bucketMs));
  const whole = Math.trunc(place);
  const before = events.slice(0, whole).reduce((sum, count) => sum + count, 0);
  return (before + (place - whole) * (events[whole] ?? 0)) / total;
}
