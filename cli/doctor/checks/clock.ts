import { MAX_FUTURE_MS, MAX_PAST_MS } from '../../../contract/limits.js';
import type { Check } from '../check.js';
import { fault, finding, type Finding } from '../finding.js';

const MINUTE_MS = 60_000;

/** A difference that network and rounding to seconds do not explain. */
const TOLERANCE_MS = MINUTE_MS;

/** From here on, CloudWatch Logs was seen to refuse signatures. */
const MAX_SKEW_MS = 5 * MINUTE_MS;

const FIX = 'set the clock of this machine, by NTP (on EC2: chrony with 169.254.169.123)';

/** Whether this machine and the service agree on what time it is. */
export const clockCheck: Check = {
  name: 'Clock',
  async run(application) {
    if (!application.isDelivering) return [];
    const { skewMs } = (await application.probe()) ?? {};
    return skewMs === undefined ? [] : [clockFinding(skewMs)];
  },
};

/** @param skewMs how far the service is ahead of this machine */
export function clockFinding(skewMs: number): Finding {
  const off = `this machine is ${lengthOf(skewMs)} ${skewMs > 0 ? 'behind' : 'ahead of'} the service`;
  if (Math.abs(skewMs) <= TOLERANCE_MS)
    return finding('clock', 'this machine and the service agree, to a minute');
  if (Math.abs(skewMs) < MAX_SKEW_MS)
    return fault('clock-differs', `${off}; lines keep the time of this machine`, FIX);
  if (skewMs > MAX_PAST_MS || -skewMs > MAX_FUTURE_MS)
    return fault('clock-window', `${off}: it discards lines of such a time`, FIX);
  const effect =
    'it refuses signatures of such a time. The sink signs with the time of the service once it has an answer';
  return fault('clock-skew', `${off}: ${effect}; lines keep the time of this machine`, FIX);
}

function lengthOf(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  const minutes = Math.round(seconds / 60);
  return minutes < 10 ? `${seconds} s` : minutes < 600 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
