import {
  callsPerSecond,
  type Fleet,
  fullBatchEvents,
  invocationCallsPerSecond,
} from '../../contract/fleet.js';
import { bytesPerSecond, gigabytesPerMonth } from '../../contract/ingestion.js';
import { MAX_CALL_EVENTS } from '../../contract/limits.js';
import type { Account, Processes, Question } from './question.js';

/** How long an event waits before the call that delivers it. */
export type Delay =
  /** For its batch. */
  | { readonly kind: 'batch'; readonly meanSeconds: number; readonly maxSeconds: number }
  /** For the end of its invocation; `isThrottled` if calls are refused then. */
  | { readonly kind: 'flush'; readonly isThrottled: boolean }
  /** For its writer's turn: the quota is shared by all of them, and everybody has one call in this time. */
  | { readonly kind: 'turn'; readonly seconds: number }
  /** Ever longer: even full batches make more calls than the quota has. */
  | { readonly kind: 'endless' };

/** What a fleet makes. */
export interface Forecast {
  readonly eventsPerSecond: number;
  /** PutLogEvents calls a second, if the service refuses none. */
  readonly putCallsPerSecond: number;
  /** The share of the quota that these calls take, together with those of others; above 1, some are refused. */
  readonly quotaShare: number;
  readonly eventsPerCall: number;
  /** What a batch has when it is full. */
  readonly eventsPerFullCall: number;
  readonly logStreams: number;
  /** How long their creation takes if all writers start at once. */
  readonly streamCreationSeconds: number;
  /** UTF-8 bytes of the messages, and what the service adds to each event. */
  readonly bytesPerSecond: number;
  readonly gigabytesPerMonth: number;
  readonly dollarsPerMonth: number;
  readonly delay: Delay;
}

export function forecastOf({ load, account }: Question): Forecast {
  const eventsPerSecond =
    load.kind === 'processes' ? load.writers * load.rate : load.invocations * load.events;
  const calls = load.kind === 'processes' ? callsPerSecond(load) : invocationCallsPerSecond(load);
  const bytes = bytesPerSecond(eventsPerSecond, load.bytes);
  const gigabytes = gigabytesPerMonth(bytes);
  const quotaShare = shareOf(calls, account);
  return {
    eventsPerSecond,
    putCallsPerSecond: calls,
    quotaShare,
    eventsPerCall: eventsPerSecond / calls,
    eventsPerFullCall: fullBatchEvents(load),
    logStreams: load.writers,
    streamCreationSeconds: load.writers / account.streamQuota,
    bytesPerSecond: bytes,
    gigabytesPerMonth: gigabytes,
    dollarsPerMonth: gigabytes * account.pricePerGb,
    delay:
      load.kind === 'processes'
        ? delayOf(load, account, quotaShare)
        : { kind: 'flush', isThrottled: quotaShare > 1 },
  };
}

/** The share of the quota that so many calls a second take, together with those of others. */
export function shareOf(calls: number, { putQuota, otherCallsPerSecond }: Account): number {
  return (calls + otherCallsPerSecond) / putQuota;
}

function delayOf(load: Processes, { putQuota, otherCallsPerSecond }: Account, quotaShare: number): Delay {
  if (quotaShare <= 1) return batchDelay(load);
  const left = putQuota - otherCallsPerSecond;
  const fewestCalls = (load.writers * load.rate) / fullBatchEvents(load);
  return fewestCalls >= left ? { kind: 'endless' } : { kind: 'turn', seconds: load.writers / left };
}

/** The first event of a batch waits for as long as the batch is open, each of the others for half of that on average. */
function batchDelay(load: Processes): Delay {
  const maxSeconds = openSeconds(load);
  const events = (load.writers * load.rate) / callsPerSecond(load);
  return { kind: 'batch', meanSeconds: (maxSeconds * (events + 1)) / (2 * events), maxSeconds };
}

/** Until its time is over, or it is full: its last event seals it by `batchSize`, the event after that by the limits of a call. */
function openSeconds({ rate, batchTimeoutSeconds, batchSize = MAX_CALL_EVENTS, bytes }: Fleet): number {
  const most = fullBatchEvents({ bytes, batchSize });
  const isSealedByLast = batchSize < MAX_CALL_EVENTS && most === batchSize;
  return Math.min(batchTimeoutSeconds, (isSealedByLast ? most - 1 : most) / rate);
}
