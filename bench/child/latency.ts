/**
 * Logs at a steady pace from the start, and times each call and each turn of the event loop:
 * `latency.js <contestant> <cold seconds> <warm seconds>`.
 */
import { loadContestant } from '../contestant.js';
import { eventOf, templates } from '../events.js';
import { quantile } from '../statistics.js';
import { targetOfEnvironment } from './target.js';
import { cpuSince, cpuUsed, threadMs, type Cpu } from './usage.js';

export interface LatencySample {
  /** The first seconds: code is compiled, the AWS client is loaded, connections are made. */
  readonly cold: Phase & ColdWork;
  /** The seconds after. */
  readonly warm: Phase;
  /** Logged events of both. */
  readonly events: number;
}

export interface Phase {
  /** Microseconds of a log call. */
  readonly callUs: Quantiles;
  /** Milliseconds by which a timer of one millisecond was late. */
  readonly delayMs: Quantiles;
}

export interface ColdWork {
  /** CPU time from before the logger is imported to the end of the phase. */
  readonly cpu: Cpu;
  /** Longest CPU time of this thread in one turn of the event loop, in milliseconds. */
  readonly turnMs: number;
}

export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** 5,000 events per second. */
const EVENTS_PER_MS = 5;

const [, , name, coldSeconds, warmSeconds] = process.argv;
const coldEvents = Number(coldSeconds) * 1_000 * EVENTS_PER_MS;
const events = coldEvents + Number(warmSeconds) * 1_000 * EVENTS_PER_MS;
// Keeps the process alive. Worker threads of loggers do not, so waiting for one would end the process.
setInterval(() => undefined, 1_000_000);
const callUs = new Float64Array(events);
const delays = { cold: [] as number[], warm: [] as number[] };
let coldWork: ColdWork | undefined;
templates();

const startCpu = cpuUsed();
const contestant = await loadContestant(name!);
const running = await contestant.start(targetOfEnvironment());
await logSteadily();
await running.close();
const sample: LatencySample = {
  cold: { ...phase(callUs.subarray(0, coldEvents), delays.cold), ...coldWork! },
  warm: phase(callUs.subarray(coldEvents), delays.warm),
  events,
};
process.send!(sample, () => process.exit());

/** The timer that keeps the pace is also the one whose delay is measured, since a second one would disturb it. */
function logSteadily(): Promise<void> {
  const startMs = performance.now();
  let logged = 0;
  let lastTurnMs = startMs;
  let lastThreadMs = threadMs();
  let turnMs = 0;
  return new Promise((resolve) => {
    const turn = (): void => {
      const nowMs = performance.now();
      delays[coldWork ? 'warm' : 'cold'].push(Math.max(0, nowMs - lastTurnMs - 1));
      lastTurnMs = nowMs;
      if (!coldWork) {
        const nowThreadMs = threadMs();
        turnMs = Math.max(turnMs, nowThreadMs - lastThreadMs);
        lastThreadMs = nowThreadMs;
        if (logged >= coldEvents) coldWork = { cpu: cpuSince(startCpu), turnMs };
      }
      const due = Math.min(events, Math.floor((nowMs - startMs) * EVENTS_PER_MS));
      for (; logged < due; logged++) logTimed(logged);
      if (logged < events) setTimeout(turn, 1);
      else resolve();
    };
    setTimeout(turn, 1);
  });
}

function logTimed(id: number): void {
  const event = eventOf(id);
  const startMs = performance.now();
  running.log(event);
  callUs[id] = (performance.now() - startMs) * 1_000;
}

function phase(calls: Float64Array, turns: readonly number[]): Phase {
  return { callUs: quantilesOf(calls), delayMs: quantilesOf(Float64Array.from(turns)) };
}

function quantilesOf(values: Float64Array): Quantiles {
  const sorted = values.toSorted();
  return {
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    p999: quantile(sorted, 0.999),
    max: quantile(sorted, 1),
  };
}
