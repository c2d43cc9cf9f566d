/** What is advised to a fleet that comes near the quota of PutLogEvents calls: the same by the command `plan` and at synthesis. */
import { wholeUp } from './whole.js';

/** The share of the quota that advice aims at, so that retries and bursts find room. */
export const COMFORTABLE_SHARE = 0.8;

/**
 * The longest `batchTimeoutSeconds` that is advised. A process that is killed loses what waits, and events are read as much
 * later.
 */
export const MAX_ADVISED_SECONDS = 60;

/** Below this, `batchTimeoutSeconds` is advised in halves of a second. */
const WHOLE_SECONDS = 10;

/**
 * The `batchTimeoutSeconds` to advise where this one is the shortest that is enough: the next half second, or from ten seconds on the
 * next second.
 *
 * @returns undefined beyond {@link MAX_ADVISED_SECONDS}
 */
export function advisedSeconds(least: number): number | undefined {
  const seconds = least < WHOLE_SECONDS ? wholeUp(least * 2) / 2 : wholeUp(least);
  return seconds <= MAX_ADVISED_SECONDS ? seconds : undefined;
}

/** The quota to ask for so that a number of calls a second takes its {@link COMFORTABLE_SHARE}: two digits and zeros. */
export function advisedQuota(calls: number): number {
  return roundedUp(calls / COMFORTABLE_SHARE);
}

/** The next greater number of two digits and zeros: 6,250 becomes 6,300. */
export function roundedUp(number: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(number)) - 1);
  return Math.ceil(number / step) * step;
}
