import type { Timeline } from './timeline.js';

export interface Arrivals {
  readonly perSecond: number;
  /** @default - at once */
  readonly fromMs?: number | undefined;
  readonly untilMs: number;
  readonly random: () => number;
}

/** Calls back at random moments that know nothing of each other, so many times a second on average. */
export function poisson(
  timeline: Timeline,
  { perSecond, fromMs = 0, untilMs, random }: Arrivals,
  arrived: () => void,
): void {
  let atMs = fromMs;
  const next = (): void => {
    atMs += (-Math.log(1 - random()) / perSecond) * 1_000;
    if (atMs < untilMs) timeline.after(atMs - timeline.monotonic(), ring);
  };
  const ring = (): void => {
    arrived();
    next();
  };
  next();
}
