import { isBalanced } from '../../runtime/ack/ledger.js';
import type { Durations } from './durations.js';
import type { NeighbourCalls } from './neighbour.js';
import { backMs, type Scenario } from './scenario.js';
import type { CallCounts, Operation } from './service.js';
import type { Outcome } from './simulation.js';

/** Percentiles, in milliseconds. */
export interface DurationResult {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Shares of calls: granted at the first attempt, and at one of three. Of no calls, all are. */
export interface NeighbourShares {
  readonly atOnce: number;
  readonly granted: number;
}

/** How the fleet came back after an outage. */
export interface Recovery {
  /** From the end of the outage until every event had arrived that was logged before it; infinite if some still wait. */
  readonly seconds: number;
  /** The calls in which these events arrived. */
  readonly backlogCalls: number;
  /** The least time that these calls take: at the quota, less what the neighbour uses. */
  readonly minimumSeconds: number;
}

/** What one run of a scenario showed, as plain data. */
export interface FleetResult {
  readonly scenario: string;
  /** Whether the writers spared the quotas; if not, they did as before. */
  readonly isRestrained: boolean;
  readonly seed: number;
  readonly writers: number;
  readonly seconds: number;
  readonly quotas: Readonly<Record<Operation, number>>;
  readonly neighbourCalls: number;
  readonly logged: number;
  /** Events that are in no place of the account. */
  readonly lost: number;
  readonly delivered: number;
  /** Events that the service has more than once, because it stored a call that failed. */
  readonly repeated: number;
  readonly diverted: Readonly<Record<string, number>>;
  readonly dropped: Readonly<Record<string, number>>;
  /** From the log call until the service has stored the event. */
  readonly delayMs: DurationResult;
  readonly flushMs: DurationResult | undefined;
  /** Of the fleet and its neighbour. */
  readonly calls: Readonly<Record<Operation, CallCounts>>;
  /** PutLogEvents calls that were accepted or throttled, for each that was accepted. */
  readonly callsPerAccepted: number;
  /** The most PutLogEvents calls of a second. */
  readonly mostCallsPerSecond: number;
  /** Shares of the neighbour's calls: of all, and of those that it began when the fleet had settled. */
  readonly neighbour: NeighbourShares & { readonly settled: NeighbourShares };
  /** Mean delay of the writer in the middle, and of the one that ninety-nine of a hundred outdo. */
  readonly writerDelayMs: { readonly p50: number; readonly p99: number };
  /** Heap and buffers. */
  readonly bytesPerWriter: number;
  readonly recovery: Recovery | undefined;
  /** Of every tenth second. */
  readonly series: {
    readonly pendingPerWriter: readonly number[];
    readonly accepted: readonly number[];
    readonly throttled: readonly number[];
  };
  /** How long the run took, in seconds. */
  readonly realSeconds: number;
}

const SERIES_SECONDS = 10;

/** @throws Error if the account of the whole fleet does not balance. */
export function resultOf(
  scenario: Scenario,
  outcome: Outcome,
  run: Pick<FleetResult, 'isRestrained' | 'seed' | 'realSeconds'>,
): FleetResult {
  const { account, logged, seconds, neighbour, pending, writerDelaysMs } = outcome;
  if (!isBalanced(account))
    throw new Error(`the account of the fleet does not balance: ${JSON.stringify(account)}`);
  const puts = Array.from(seconds.PutLogEvents, (counts: CallCounts | undefined) => counts ?? NO_CALLS);
  const calls = { PutLogEvents: total(puts), CreateLogStream: total(seconds.CreateLogStream) };
  const { accepted, throttled } = calls.PutLogEvents;
  return {
    ...run,
    scenario: scenario.name,
    writers: scenario.writers,
    seconds: scenario.seconds,
    quotas: scenario.service.quotas,
    neighbourCalls: scenario.neighbourCalls,
    logged,
    lost: logged - account.accepted + Math.max(0, account.delivered - outcome.stored),
    delivered: account.delivered,
    repeated: outcome.repeated,
    diverted: account.diverted.byReason,
    dropped: account.dropped.byReason,
    delayMs: percentiles(outcome.delays),
    flushMs: outcome.flushes.count > 0 ? percentiles(outcome.flushes) : undefined,
    calls,
    callsPerAccepted: (accepted + throttled) / accepted,
    mostCallsPerSecond: Math.max(...puts.map((each) => each.accepted + each.throttled + each.failed)),
    neighbour: { ...sharesOf(neighbour.all), settled: sharesOf(neighbour.settled) },
    writerDelayMs: { p50: at(writerDelaysMs, 0.5), p99: at(writerDelaysMs, 0.99) },
    bytesPerWriter: outcome.mostBytesPerWriter,
    recovery: recoveryOf(scenario, outcome),
    series: {
      pendingPerWriter: every(pending, (values) => values.at(-1)! / scenario.writers),
      accepted: every(puts, (counts) => total(counts).accepted / counts.length),
      throttled: every(puts, (counts) => total(counts).throttled / counts.length),
    },
  };
}

const NO_CALLS: CallCounts = { accepted: 0, throttled: 0, failed: 0 };

/** Seconds without a call are holes. */
function total(seconds: readonly CallCounts[]): CallCounts {
  const sum = { ...NO_CALLS };
  for (const { accepted, throttled, failed } of seconds.filter(Boolean)) {
    sum.accepted += accepted;
    sum.throttled += throttled;
    sum.failed += failed;
  }
  return sum;
}

/** Shares of the calls of a neighbour. */
export function sharesOf({ calls, atOnce, granted }: Readonly<NeighbourCalls>): NeighbourShares {
  return calls === 0 ? { atOnce: 1, granted: 1 } : { atOnce: atOnce / calls, granted: granted / calls };
}

export function percentiles(durations: Durations): DurationResult {
  return { p50: durations.quantileMs(0.5), p99: durations.quantileMs(0.99), max: durations.maxMs };
}

/** The value that this share of all is below, of values in ascending order; 0 if there is none. */
export function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function every<Each>(seconds: readonly Each[], of: (values: readonly Each[]) => number): number[] {
  const spans = Array.from({ length: Math.ceil(seconds.length / SERIES_SECONDS) }, (_, index) =>
    seconds.slice(index * SERIES_SECONDS, (index + 1) * SERIES_SECONDS),
  );
  return spans.map(of);
}

function recoveryOf(
  scenario: Scenario,
  { account, backlogCalls, backlogSeconds }: Outcome,
): Recovery | undefined {
  if (backMs(scenario) === 0) return undefined;
  const callsPerSecond = scenario.service.quotas.PutLogEvents - scenario.neighbourCalls;
  const seconds = account.pending > 0 ? Infinity : backlogSeconds;
  return { seconds, backlogCalls, minimumSeconds: backlogCalls / callsPerSecond };
}
