/**
 * Logs at a steady pace and times each call and each turn of the event loop:
 * `latency.js <contestant> <seconds of warm-up> <seconds>`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { loadContestant } from '../contestant.js';
import { eventOf, templates } from '../events.js';
import { quantile } from '../statistics.js';
import { targetOfEnvironment } from './target.js';

export interface LatencySample {
  /** Microseconds of a log call. */
  readonly callUs: Quantiles;
  /** Milliseconds by which a timer of one millisecond was late. */
  readonly delayMs: Quantiles;
  /** Longest delay of the event loop in the warm-up, in milliseconds. The AWS client is loaded then. */
  readonly warmUpDelayMs: number;
  /** Logged events, including those of the warm-up. */
  readonly events: number;
}

export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** 5,000 events per second. */
const EVENTS_PER_MS = 5;

const [, , name, warmUpSeconds, seconds] = process.argv;
const uncounted = Number(warmUpSeconds) * 1_000 * EVENTS_PER_MS;
const counted = Number(seconds) * 1_000 * EVENTS_PER_MS;
// Keeps the process alive. Worker threads of loggers do not, so waiting for one would end the process.
setInterval(() => undefined, 1_000_000);
const callMs = new Float64Array(counted);
const delays: number[] = [];
let warmUpDelayMs = 0;

const contestant = await loadContestant(name!);
templates();
const running = await contestant.start(targetOfEnvironment());
await sleep(300);
await logSteadily();
await running.close();
const sample: LatencySample = {
  callUs: quantilesOf(callMs.map((ms) => ms * 1_000)),
  delayMs: quantilesOf(Float64Array.from(delays)),
  warmUpDelayMs,
  events: uncounted + counted,
};
process.send!(sample, () => process.exit());

/** The timer that keeps the pace is also the one whose delay is measured, since a second one would disturb it. */
function logSteadily(): Promise<void> {
  const startMs = performance.now();
  let logged = 0;
  let lastTurnMs = startMs;
  return new Promise((resolve) => {
    const turn = (): void => {
      const nowMs = performance.now();
      const delayMs = Math.max(0, nowMs - lastTurnMs - 1);
      if (logged >= uncounted) delays.push(delayMs);
      else warmUpDelayMs = Math.max(warmUpDelayMs, delayMs);
      lastTurnMs = nowMs;
      const due = Math.min(uncounted + counted, Math.floor((nowMs - startMs) * EVENTS_PER_MS));
      for (; logged < due; logged++) logTimed(logged);
      if (logged < uncounted + counted) setTimeout(turn, 1);
      else resolve();
    };
    setTimeout(turn, 1);
  });
}

function logTimed(id: number): void {
  const event = eventOf(id);
  const startMs = performance.now();
  running.log(event);
  const tookMs = performance.now() - startMs;
  if (id >= uncounted) callMs[id - uncounted] = tookMs;
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
