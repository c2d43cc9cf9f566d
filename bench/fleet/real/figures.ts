import { totalAccount } from '../../../runtime/ack/ledger.js';
import { Durations } from '../durations.js';
import { at, percentiles, sharesOf, type DurationResult, type FleetResult } from '../result.js';
import type { CallCounts, Operation } from '../service.js';
import { NEIGHBOUR, type FleetRun, type ServerCall } from './fleet.js';
import type { Plan } from './plan.js';

/** What a fleet showed, of processes or simulated, in the same words. */
export interface Figures {
  readonly logged: number;
  /** Events that are in no place of the account. */
  readonly lost: number;
  /** Events that the service has, each counted once. */
  readonly stored: number;
  /** Events that the service has more than once. */
  readonly repeated: number;
  readonly diverted: number;
  readonly dropped: number;
  /** Of the fleet and its neighbour. Calls for a log stream that is missing count as accepted: they take from the quota. */
  readonly calls: Readonly<Record<Operation, CallCounts>>;
  /** PutLogEvents calls a second while the writers log. */
  readonly callsPerSecond: number;
  /** From the log call until the service has stored the event. */
  readonly delayMs: DurationResult;
  /** Mean delay of the writer in the middle, and of the one that ninety-nine of a hundred outdo. */
  readonly writerDelayMs: { readonly p50: number; readonly p99: number };
  /** Shares of the neighbour's calls. */
  readonly neighbour: { readonly atOnce: number; readonly granted: number };
  /** From the last log call until everything is delivered, in whole seconds. */
  readonly tailSeconds: number;
}

/** The figures of processes: what the server has and counted, and of the writers what nobody else knows. */
export function figuresOfRun(plan: Plan, run: FleetRun): Figures {
  const { stored, delays, writerDelaysMs } = storedIn(run);
  const account = totalAccount(run.writers.map((writer) => writer.account));
  const logged = run.writers.reduce((total, writer) => total + writer.logged, 0);
  const untilMs = run.fromMs + plan.seconds * 1_000;
  const puts = run.calls.filter(({ operation }) => operation === 'PutLogEvents');
  const calls = {
    PutLogEvents: countsOf(puts),
    // The log stream of the neighbour was made before.
    CreateLogStream: countsOf(run.calls.filter(isCreationByFleet)),
  };
  const ofFleet = puts.filter((call) => outcomeOf(call) === 'accepted' && call.logStreamName !== NEIGHBOUR);
  const lastMs = Math.max(untilMs, ...ofFleet.map(({ settledAtMs }) => settledAtMs));
  const { neighbour } = run;
  return {
    logged,
    lost: logged - account.accepted + Math.max(0, account.delivered - stored),
    stored,
    repeated: delays.count - stored,
    diverted: account.diverted.total,
    dropped: account.dropped.total,
    calls,
    callsPerSecond: puts.filter(({ receivedAtMs }) => receivedAtMs < untilMs).length / plan.seconds,
    delayMs: percentiles(delays),
    writerDelayMs: { p50: at(writerDelaysMs, 0.5), p99: at(writerDelaysMs, 0.99) },
    neighbour: sharesOf(neighbour),
    tailSeconds: Math.ceil((lastMs - untilMs) / 1_000),
  };
}

/** The figures of a simulation. */
export function figuresOfResult(result: FleetResult, callsPerSecond: number, tailSeconds: number): Figures {
  const { logged, lost, delivered, repeated, calls } = result;
  const { delayMs, writerDelayMs } = result;
  const { atOnce, granted } = result.neighbour;
  return {
    logged,
    lost,
    stored: delivered,
    repeated,
    diverted: sum(result.diverted),
    dropped: sum(result.dropped),
    calls,
    callsPerSecond,
    delayMs,
    writerDelayMs,
    neighbour: { atOnce, granted },
    tailSeconds,
  };
}

/** Half of the calls that were accepted had their answer within so many milliseconds, as far as the server knows; 1 at least. */
export function medianLatencyMs({ calls }: FleetRun): number {
  const latencies = new Durations();
  for (const call of calls)
    if (call.operation === 'PutLogEvents' && outcomeOf(call) === 'accepted')
      latencies.add(call.settledAtMs - call.receivedAtMs);
  return Math.max(1, latencies.quantileMs(0.5));
}

/** By how much events were logged later than they should have been. */
export function latenessOf({ writers }: FleetRun): DurationResult {
  const lateness = new Durations();
  for (const { latenessMs } of writers) for (const each of latenessMs) lateness.add(each);
  return percentiles(lateness);
}

interface Stored {
  readonly stored: number;
  /** Of each event as often as it is stored. */
  readonly delays: Durations;
  /** In ascending order. */
  readonly writerDelaysMs: readonly number[];
}

function storedIn(run: FleetRun): Stored {
  const delays = new Durations();
  const writers = new Map<string, { readonly numbers: Set<number>; readonly delays: Durations }>();
  for (const [logStreamName, number, delayMs] of run.stored) {
    if (logStreamName === NEIGHBOUR) continue;
    const writer = writers.get(logStreamName) ?? { numbers: new Set<number>(), delays: new Durations() };
    writers.set(logStreamName, writer);
    writer.numbers.add(number);
    writer.delays.add(delayMs);
    delays.add(delayMs);
  }
  const each = [...writers.values()];
  return {
    stored: each.reduce((total, { numbers }) => total + numbers.size, 0),
    delays,
    writerDelaysMs: each.map((writer) => writer.delays.meanMs).toSorted((a, b) => a - b),
  };
}

function isCreationByFleet({ operation, logStreamName }: ServerCall): boolean {
  return operation === 'CreateLogStream' && logStreamName !== NEIGHBOUR;
}

function countsOf(calls: readonly ServerCall[]): CallCounts {
  const counts: CallCounts = { accepted: 0, throttled: 0, failed: 0 };
  for (const call of calls) counts[outcomeOf(call)]++;
  return counts;
}

function outcomeOf({ status, errorName }: ServerCall): keyof CallCounts {
  if (status === 200 || errorName === 'ResourceNotFoundException') return 'accepted';
  return errorName === 'ThrottlingException' ? 'throttled' : 'failed';
}

function sum(byReason: Readonly<Record<string, number>>): number {
  return Object.values(byReason).reduce((total, count) => total + count, 0);
}
