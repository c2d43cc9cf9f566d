import { callsPerSecond, fullBatchEvents, lingerFor } from '../../contract/fleet.js';
import {
  EVENT_OVERHEAD_BYTES,
  MAX_CALL_EVENTS,
  PUT_CALLS_QUOTA_CODE,
  STREAMS_CREATED_QUOTA_CODE,
} from '../../contract/limits.js';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { counted, inDigits } from '../terminal/counted.js';
import { durationFigure, figure, figured, percentage, roundedUp } from './figure.js';
import { type Forecast, shareOf } from './forecast.js';
import type { Account, Processes, Question } from './question.js';

/** The share of the quota that advice aims at, so that retries and bursts find room. */
export const COMFORTABLE_SHARE = 0.8;

/** Computing with decimal fractions may exceed a share by less than this. */
const ROUNDING = 1e-9;

/** Longer than this, nobody waits for the log streams of a deployment. */
const PATIENCE_SECONDS = 300;

/** Below this, `batchTimeoutSeconds` is advised in halves of a second. */
const WHOLE_SECONDS = 10;

/** One way out. */
export interface Advice {
  /** The operation whose quota is in the way. */
  readonly operation: 'PutLogEvents' | 'CreateLogStream';
  /** What is changed: a setting, an option of the binding, or a quota by its code. */
  readonly change: string;
  /** Its new value. */
  readonly to: number | string;
  readonly text: string;
  /** A command that does it. */
  readonly command?: string;
}

/** What to change, the least costly change first; nothing where all is well. */
export function adviceOn(question: Question, forecast: Forecast): Advice[] {
  return [...putAdvice(question, forecast), ...streamAdvice(question, forecast)];
}

function putAdvice({ load, account }: Question, { quotaShare, putCallsPerSecond }: Forecast): Advice[] {
  if (quotaShare <= COMFORTABLE_SHARE + ROUNDING) return [];
  if (load.kind === 'functions') return [DELIVERY_ADVICE, putQuotaAdvice(putCallsPerSecond, account)];
  const reason = reasonForQuota(load, account);
  return [...batchAdvice(load, account), putQuotaAdvice(putCallsPerSecond, account, reason)];
}

/** The calls that the writers may make, so that quota is left. */
function comfortableCalls({ putQuota, otherCallsPerSecond }: Account): number {
  return putQuota * COMFORTABLE_SHARE - otherCallsPerSecond;
}

/** Why nothing but a higher quota helps; empty if something else does. */
function reasonForQuota(load: Processes, account: Account): string {
  const most = comfortableCalls(account);
  const fewest = (load.writers * load.rate) / fullBatchEvents({ bytes: load.bytes });
  if (most <= 0) return `Others alone make ${figured(account.otherCallsPerSecond, 'call')} a second. `;
  return fewest > most ? `Full batches alone make ${figured(fewest, 'call')} a second. ` : '';
}

const DELIVERY_ADVICE: Advice = {
  operation: 'PutLogEvents',
  change: 'delivery',
  to: 'stdout',
  text: "Bind the functions with delivery: 'stdout': Lambda delivers their lines, and they make no calls.",
};

/** Each call takes more events: a longer linger, and if that does not help alone, a larger batch. */
function batchAdvice(load: Processes, account: Account): Advice[] {
  const most = comfortableCalls(account);
  if (most <= 0) return [];
  const linger = lingerFor(load, most);
  if (linger !== undefined) return [lingerAdvice(load, account, linger)];
  const larger = { ...load, batchSize: MAX_CALL_EVENTS };
  const lingerOfLarger = lingerFor(larger, most);
  if (lingerOfLarger === undefined) return [];
  const size = batchSizeAdvice(load);
  if (lingerOfLarger <= load.batchTimeoutSeconds) return [size];
  return [size, lingerAdvice(larger, account, lingerOfLarger, 'With that, ')];
}

function lingerAdvice(load: Processes, account: Account, leastSeconds: number, lead = ''): Advice {
  const seconds = niceSeconds(leastSeconds);
  const calls = callsPerSecond({ ...load, batchTimeoutSeconds: seconds });
  return {
    operation: 'PutLogEvents',
    change: 'batchTimeoutSeconds',
    to: seconds,
    text:
      `${lead}${counted(load.writers, 'writer')} ${load.writers === 1 ? 'needs' : 'need'} a linger of ${durationFigure(leastSeconds)} to leave ${percentage(1 - COMFORTABLE_SHARE)} of the quota; ` +
      `set batchTimeoutSeconds to ${seconds}: ` +
      `${figured(calls, 'call')} a second, ${percentage(shareOf(calls, account))} of the quota. An event waits up to ${durationFigure(seconds)} then.`,
  };
}

function batchSizeAdvice(load: Processes): Advice {
  return {
    operation: 'PutLogEvents',
    change: 'batchSize',
    to: MAX_CALL_EVENTS,
    text:
      `Batches are full with ${inDigits(fullBatchEvents(load))} events; set batchSize to ${MAX_CALL_EVENTS}, its default: ` +
      `a call takes ${inDigits(fullBatchEvents({ bytes: load.bytes }))} of them.`,
  };
}

function putQuotaAdvice(calls: number, account: Account, reason = ''): Advice {
  const quota = roundedUp((calls + account.otherCallsPerSecond) / COMFORTABLE_SHARE);
  return quotaAdvice(
    'PutLogEvents',
    PUT_CALLS_QUOTA_CODE,
    quota,
    `${reason}Raise the quota ${PUT_CALLS_QUOTA_CODE} to ${figured(quota, 'call')} a second.`,
  );
}

function streamAdvice({ load, account }: Question, { streamCreationSeconds: seconds }: Forecast): Advice[] {
  const held = load.kind === 'processes' ? secondsHeld(load) : Infinity;
  const isLost = seconds > held;
  if (!isLost && seconds <= PATIENCE_SECONDS) return [];
  const quota = roundedUp(load.writers / Math.min(held, PATIENCE_SECONDS));
  const why = isLost
    ? `Memory holds what a writer logs in ${durationFigure(held)} (maxQueueBytes, maxQueueEvents); the last ones drop events until they ` +
      'have a stream. '
    : '';
  return [
    quotaAdvice(
      'CreateLogStream',
      STREAMS_CREATED_QUOTA_CODE,
      quota,
      `${why}Start the writers over ${durationFigure(seconds)} or longer, ${figure(account.streamQuota)} a second, ` +
        `or raise the quota ${STREAMS_CREATED_QUOTA_CODE} to ${figured(quota, 'call')} a second.`,
    ),
  ];
}

/** How long memory holds what a writer logs, by the defaults of its settings. */
function secondsHeld({ rate, bytes }: Processes): number {
  const { maxQueueBytes, maxQueueEvents } = cloudWatchSettings;
  const byBytes = maxQueueBytes.default / (bytes + EVENT_OVERHEAD_BYTES);
  return Math.min(byBytes, maxQueueEvents.default) / rate;
}

function quotaAdvice(operation: Advice['operation'], change: string, to: number, text: string): Advice {
  const request = 'aws service-quotas request-service-quota-increase --service-code logs';
  return { operation, change, to, text, command: `${request} --quota-code ${change} --desired-value ${to}` };
}

/** The next half second, or from ten seconds on the next second. */
function niceSeconds(seconds: number): number {
  return seconds < WHOLE_SECONDS ? Math.ceil(seconds * 2) / 2 : Math.ceil(seconds);
}
