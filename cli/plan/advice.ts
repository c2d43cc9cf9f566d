import {
  callsPerSecond,
  fullBatchEvents,
  invocationCallsPerSecond,
  lingerFor,
} from '../../contract/fleet.js';
import {
  advisedQuota,
  advisedSeconds,
  COMFORTABLE_SHARE,
  MAX_ADVISED_SECONDS,
  roundedUp,
} from '../../contract/headroom.js';
import {
  EVENT_OVERHEAD_BYTES,
  MAX_CALL_EVENTS,
  MAX_INVOCATIONS_OF_ENVIRONMENT,
  PUT_CALLS_QUOTA_CODE,
  STREAMS_CREATED_QUOTA_CODE,
} from '../../contract/limits.js';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { counted, inDigits } from '../terminal/counted.js';
import { durationFigure, figure, figured, percentage } from './figure.js';
import { type Forecast, shareOf } from './forecast.js';
import type { Account, Functions, Processes, Question } from './question.js';

/** Computing with decimal fractions may exceed a share by less than this. */
const ROUNDING = 1e-9;

/** Longer than this, nobody waits for the log streams of a deployment. */
const PATIENCE_SECONDS = 300;

/** A larger batch is advised where it leaves less than this share of the calls. */
const NOTABLE_SHARE = 0.95;

/** Begins the advice that goes with a larger batch. */
const WITH_LARGER_BATCH = 'With that batchSize, ';

/** One way out. */
export interface Advice {
  /** The operation whose quota is in the way; `Invoke` is that of Lambda. */
  readonly operation: 'PutLogEvents' | 'CreateLogStream' | 'Invoke';
  /** What is changed: a setting, an option of the binding or of this command, or a quota by its code. */
  readonly change: string;
  /** Its new value. */
  readonly to: number | string;
  readonly text: string;
  /** A command that does it. */
  readonly command?: string;
}

/** What to change, the least costly change first; nothing where all is well. */
export function adviceOn(question: Question, forecast: Forecast): Advice[] {
  return [
    ...putAdvice(question, forecast),
    ...streamAdvice(question, forecast),
    ...environmentsAdvice(question),
  ];
}

function putAdvice({ load, account }: Question, { quotaShare }: Forecast): Advice[] {
  if (isComfortable(quotaShare)) return [];
  return load.kind === 'functions' ? functionsAdvice(load, account) : processesAdvice(load, account);
}

function functionsAdvice(load: Functions, account: Account): Advice[] {
  const { isHelpful, larger } = largerBatch(load);
  if (!isHelpful) return [DELIVERY_ADVICE, putQuotaAdvice(load, account, reasonForQuota(load, account))];
  return [batchSizeAdvice(load, account), DELIVERY_ADVICE, quotaBeside(load, larger, account)];
}

/** Each call takes more events: by a larger batch, which costs nothing, and if that is not enough, by a longer linger. */
function processesAdvice(load: Processes, account: Account): Advice[] {
  const { isHelpful, larger } = largerBatch(load);
  const isNeeded = advisedLinger(load, account) === undefined && advisedLinger(larger, account) !== undefined;
  if (isHelpful || isNeeded) {
    const linger = isEnough(larger, account) ? [] : lingerAdvice(larger, account, WITH_LARGER_BATCH);
    return [batchSizeAdvice(load, account), ...linger, quotaBeside(load, larger, account)];
  }
  return [...lingerAdvice(load, account), putQuotaAdvice(load, account, reasonForQuota(load, account))];
}

/** The quota for what is left if the larger batch is not enough; else the quota in its place. */
function quotaBeside(load: Load, larger: Load, account: Account): Advice {
  if (isEnough(larger, account)) return putQuotaAdvice(load, account);
  return putQuotaAdvice(larger, account, reasonForQuota(larger, account), WITH_LARGER_BATCH);
}

type Load = Question['load'];

function largerBatch<L extends Load>(load: L): { readonly larger: L; readonly isHelpful: boolean } {
  const larger = { ...load, batchSize: MAX_CALL_EVENTS };
  return { larger, isHelpful: callsOf(larger) < callsOf(load) * NOTABLE_SHARE };
}

function callsOf(load: Load): number {
  return load.kind === 'processes' ? callsPerSecond(load) : invocationCallsPerSecond(load);
}

function isEnough(load: Load, account: Account): boolean {
  return isComfortable(shareOf(callsOf(load), account));
}

function isComfortable(share: number): boolean {
  return share <= COMFORTABLE_SHARE + ROUNDING;
}

/** The calls that the writers may make, so that quota is left. */
function comfortableCalls({ putQuota, otherCallsPerSecond }: Account): number {
  return putQuota * COMFORTABLE_SHARE - otherCallsPerSecond;
}

/** Why no linger helps; empty if one does. */
function reasonForQuota(load: Load, account: Account): string {
  const most = comfortableCalls(account);
  if (load.kind === 'functions') return '';
  if (most <= 0) return `Others alone make ${figured(account.otherCallsPerSecond, 'call')} a second. `;
  if (advisedLinger(load, account) !== undefined) return '';
  const fewest = (load.writers * load.rate) / fullBatchEvents(load);
  const linger = lingerFor(load, most);
  if (fewest > most || linger === undefined)
    return `Full batches alone make ${figured(fewest, 'call')} a second. `;
  return `A linger of ${durationFigure(linger)} would be enough, but more than ${durationFigure(MAX_ADVISED_SECONDS)} is not advised: a process that is killed loses as much. `;
}

const DELIVERY_ADVICE: Advice = {
  operation: 'PutLogEvents',
  change: 'delivery',
  to: 'stdout',
  text: "Bind the functions with delivery: 'stdout': Lambda delivers their lines, and they make no calls.",
};

/** `undefined` if there is none, or if it is longer than advised. */
function advisedLinger(load: Processes, account: Account): number | undefined {
  const most = comfortableCalls(account);
  const least = most > 0 ? lingerFor(load, most) : undefined;
  return least === undefined ? undefined : advisedSeconds(least);
}

function lingerAdvice(load: Processes, account: Account, lead = ''): Advice[] {
  const seconds = advisedLinger(load, account);
  if (seconds === undefined) return [];
  const least = lingerFor(load, comfortableCalls(account))!;
  return [
    {
      operation: 'PutLogEvents',
      change: 'batchTimeoutSeconds',
      to: seconds,
      text:
        `${lead}${counted(load.writers, 'writer')} ${load.writers === 1 ? 'needs' : 'need'} a linger of ${durationFigure(least)} to leave ${percentage(1 - COMFORTABLE_SHARE)} of the quota; ` +
        `set batchTimeoutSeconds to ${seconds}: ${outcomeOf({ ...load, batchTimeoutSeconds: seconds }, account)}. ` +
        `An event waits up to ${durationFigure(seconds)} then, and a process that is killed loses as much.`,
    },
  ];
}

function batchSizeAdvice(load: Load, account: Account): Advice {
  const { larger } = largerBatch(load);
  return {
    operation: 'PutLogEvents',
    change: 'batchSize',
    to: MAX_CALL_EVENTS,
    text:
      `Batches are full with ${counted(fullBatchEvents(load), 'event')}; set batchSize to ${inDigits(MAX_CALL_EVENTS)}, its default: ` +
      `a call takes up to ${inDigits(fullBatchEvents(larger))}, and there are ${outcomeOf(larger, account)}.`,
  };
}

/** What is left after a change. */
function outcomeOf(load: Load, account: Account): string {
  const calls = callsOf(load);
  const others =
    account.otherCallsPerSecond > 0 ? ` and ${figure(account.otherCallsPerSecond)} of others` : '';
  return `${figured(calls, 'call')} a second${others}, ${percentage(shareOf(calls, account))} of the quota`;
}

function putQuotaAdvice(load: Load, account: Account, reason = '', lead = ''): Advice {
  const quota = advisedQuota(callsOf(load) + account.otherCallsPerSecond);
  const text = `raise the quota ${PUT_CALLS_QUOTA_CODE} to ${figured(quota, 'call')} a second.`;
  return quotaAdvice(
    'PutLogEvents',
    PUT_CALLS_QUOTA_CODE,
    quota,
    `${reason}${lead === '' ? capitalized(text) : lead + text}`,
  );
}

function capitalized(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
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

/** More environments than are said have as many more log streams. */
function environmentsAdvice({ load }: Question): Advice[] {
  if (load.kind !== 'functions') return [];
  const least = Math.ceil(load.invocations / MAX_INVOCATIONS_OF_ENVIRONMENT);
  if (load.writers >= least) return [];
  return [
    {
      operation: 'Invoke',
      change: 'writers',
      to: least,
      text:
        `Lambda lets an environment serve ${MAX_INVOCATIONS_OF_ENVIRONMENT} synchronous invocations a second, so that these need ${counted(least, 'environment')}, ` +
        `each with a log stream. Count them again, and give --writers ${least} or more.`,
    },
  ];
}
