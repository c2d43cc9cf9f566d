/**
 * How many PutLogEvents calls a fleet makes: processes whose batches linger, or functions that flush with each invocation. All of it
 * is computed for a service that refuses nothing.
 */
import { EVENT_OVERHEAD_BYTES, MAX_CALL_BYTES, MAX_CALL_EVENTS } from './limits.js';
import { wholeUp } from './whole.js';

/** The longest linger that `batchTimeoutSeconds` may have, in seconds. */
const MAX_LINGER_SECONDS = 86_400;
/** `batchTimeoutSeconds` is worth no more than a timer: a millisecond. */
const LINGERS_PER_SECOND = 1_000;

/**
 * How the events of a writer come: `random`, each independent of the others, as requests bring them; `even`, at equal intervals, as
 * a timer makes them. It matters to writers of few events for each linger: even ones can make up to twice the calls.
 */
export type Arrivals = 'random' | 'even';

/** What completes a batch. */
export interface BatchLimits {
  /** UTF-8 bytes of a message. */
  readonly bytes: number;
  /** Events that complete a batch. @default - what the service takes in a call, 10,000 */
  readonly batchSize?: number | undefined;
}

/** A process that logs, with one log stream. */
export interface Writer extends BatchLimits {
  /** Log events a second of one writer; 0 or more. */
  readonly rate: number;
  /** Longest time that an event waits for its batch to fill, in seconds; above 0. */
  readonly batchTimeoutSeconds: number;
  /** @default random */
  readonly arrivals?: Arrivals | undefined;
}

/** Writers that are alike. */
export interface Fleet extends Writer {
  readonly writers: number;
}

/** Functions that are alike, and flush before each invocation ends. */
export interface Invocations extends BatchLimits {
  /** Invocations a second, of all environments together. */
  readonly invocations: number;
  /** Log events of one invocation; below 1, the share of those that log. */
  readonly events: number;
}

/** Log events in a batch that is full, by count or by bytes; at least one. */
export function fullBatchEvents({ bytes, batchSize = MAX_CALL_EVENTS }: BatchLimits): number {
  const byBytes = Math.floor(MAX_CALL_BYTES / (bytes + EVENT_OVERHEAD_BYTES));
  return Math.max(1, Math.min(batchSize, MAX_CALL_EVENTS, byBytes));
}

/**
 * Mean number of log events in a call of a writer. A batch opens with its first event, and is sealed when it is full, or after
 * `batchTimeoutSeconds`, whichever is earlier; so it has the first event and those that come while it lingers.
 */
export function eventsInCall({ rate, batchTimeoutSeconds, arrivals = 'random', ...limits }: Writer): number {
  const most = fullBatchEvents(limits);
  const lingering = rate * batchTimeoutSeconds;
  // The event that comes as the linger ends is the first of the next batch.
  if (arrivals === 'even') return Math.min(most, Math.max(1, wholeUp(lingering)));
  return 1 + meanUpTo(most - 1, lingering);
}

/**
 * PutLogEvents calls a second of all writers. For a writer whose batches do not fill, the time between two calls is the linger
 * and the time until the next batch has its first event, 1 / rate on average for random arrivals.
 */
export function callsPerSecond(fleet: Fleet): number {
  return (fleet.writers * fleet.rate) / eventsInCall(fleet);
}

/**
 * The most PutLogEvents calls a second that writers make whose rate is not known, unless batches fill before their time: a call
 * for each linger.
 */
export function lingerCallsPerSecond({
  writers,
  batchTimeoutSeconds,
}: Pick<Fleet, 'writers' | 'batchTimeoutSeconds'>): number {
  return writers / batchTimeoutSeconds;
}

/**
 * PutLogEvents calls a second of functions. Each invocation that logs flushes, so that it makes one call, or several where its events
 * fill more than one batch. One that lasts longer than `batchTimeoutSeconds` makes more.
 */
export function invocationCallsPerSecond({ invocations, events, ...limits }: Invocations): number {
  const batches = Math.ceil(events / fullBatchEvents(limits));
  return invocations * Math.min(events, batches);
}

/**
 * The shortest `batchTimeoutSeconds`, in whole milliseconds, with which the fleet makes no more than so many calls a second. Its own is
 * not looked at.
 *
 * @param calls PutLogEvents calls a second; above 0
 * @returns undefined if there is none: full batches alone make more, or a day is not long enough
 */
export function lingerFor(fleet: Omit<Fleet, 'batchTimeoutSeconds'>, calls: number): number | undefined {
  const isEnough = (lingers: number): boolean =>
    callsPerSecond({ ...fleet, batchTimeoutSeconds: lingers / LINGERS_PER_SECOND }) <= calls;
  let tooShort = 0;
  let enough = MAX_LINGER_SECONDS * LINGERS_PER_SECOND;
  if (!isEnough(enough)) return undefined;
  while (enough - tooShort > 1) {
    const middle = Math.floor((tooShort + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooShort = middle;
  }
  return enough / LINGERS_PER_SECOND;
}

/** Mean of a Poisson-distributed number where all that exceeds `most` counts as `most`: the sum of its chances to exceed 0, 1, 2 and so on. */
function meanUpTo(most: number, mean: number): number {
  let sum = 0;
  let chanceUpTo = 0;
  // Its logarithm, because the chance itself is too small for a number where the mean is large.
  let logChance = -mean;
  for (let number = 0; number < most; number++) {
    chanceUpTo += Math.exp(logChance);
    sum += Math.max(0, 1 - chanceUpTo);
    logChance += Math.log(mean / (number + 1));
  }
  return sum;
}
