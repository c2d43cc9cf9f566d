import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../statistics.js';
import { sharesBetween, snapshot, type Shares } from './snapshot.js';

/** How busy the machine is while this program waits. */
export interface Load extends Shares {
  /** Processes that ran or wanted to, over the last minute, for each processor. */
  readonly perCore: number;
  /** By how much a loop that always does the same took longer than its fastest run, in nine cases of ten. */
  readonly jitter: number;
}

/** What is allowed for figures that are published. */
export const ALLOWED: Limits = { perCore: 0.5, others: 0.05, steal: 0.02, jitter: 0.25 };

/** The kernel's own work for the benchmark, such as that of its sockets, counts among that of others. */
export const ALLOWED_DURING: Limits = { others: 0.1, steal: 0.02 };

type Limits = Partial<Omit<Load, 'idle'>>;

const WATCH_MS = 3_000;
const LOOPS = 60;
const LOOP_STEPS = 4_000_000;

/** Watches the machine for some seconds. */
export async function measureLoad(pids: readonly number[]): Promise<Load> {
  const before = snapshot(pids);
  await sleep(WATCH_MS);
  const shares = sharesBetween(before, snapshot(pids));
  return { ...shares, jitter: jitter(), perCore: loadavg()[0]! / availableParallelism() };
}

/** Names what is over a limit, with what was seen. */
export function objections(load: Limits, allowed: Limits): string[] {
  const rules: readonly [keyof Limits, string, (value: number) => string][] = [
    ['perCore', 'load average for each processor', (value) => value.toFixed(2)],
    ['others', 'processor time taken by other programs', percent],
    ['steal', 'processor time taken by the host', percent],
    ['jitter', 'a loop that always does the same took longer, by', percent],
  ];
  return rules
    .filter(([key]) => (load[key] ?? 0) > (allowed[key] ?? Infinity))
    .map(([key, what, shown]) => `${what}: ${shown(load[key]!)}; allowed is ${shown(allowed[key]!)}`);
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function jitter(): number {
  for (let warmUp = 0; warmUp < 5; warmUp++) loopMs();
  const times = Float64Array.from({ length: LOOPS }, loopMs).toSorted();
  return quantile(times, 0.9) / times[0]! - 1;
}

function loopMs(): number {
  const startMs = performance.now();
  let sum = 0;
  for (let step = 0; step < LOOP_STEPS; step++) sum = (sum * 31 + step) | 0;
  if (Number.isNaN(sum)) throw new Error('unreachable');
  return performance.now() - startMs;
}
