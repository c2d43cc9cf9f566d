import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, type } from 'node:os';
import type { Shares } from '../../machine/snapshot.js';
import type { DurationResult } from '../result.js';
import type { Figures } from './figures.js';
import type { NeighbourReport } from './fleet.js';
import type { Plan } from './plan.js';

/** One run of processes beside the simulations of the same. */
export interface Comparison {
  /** Whether the writers spared the quotas; if not, they did as before. */
  readonly isRestrained: boolean;
  readonly real: Figures;
  readonly simulated: readonly Figures[];
  /** How the calls of the neighbour ended that were not granted. */
  readonly neighbourRefusals: NeighbourReport['refusals'];
  /** Resident memory of the process in the middle, in bytes: before it logs, and the most since. */
  readonly memory: { readonly atStart: number; readonly most: number };
  /** Median time of a call, which the simulator was given. */
  readonly medianLatencyMs: number;
  /** By how much events were logged later than they should have been, because the machine was busy. */
  readonly latenessMs: DurationResult;
  /** Shares of the processors' time while the processes ran. */
  readonly machine: Shares;
  /** Load average of the last minute, before the processes started and when they had ended. */
  readonly load: { readonly before: number; readonly after: number };
}

/** What `npm run fleet:real` found, as plain data. */
export interface RealCheck {
  /** Such as 2026-01-15. */
  readonly date: string;
  readonly node: string;
  readonly machine: string;
  readonly plan: Plan;
  readonly comparisons: readonly Comparison[];
}

export function checkOf(plan: Plan, comparisons: readonly Comparison[]): RealCheck {
  const [cpu] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    machine: `${type()}, ${cpu?.model ?? 'unknown'}, ${cpus().length} cores, ${gib} GiB`,
    plan,
    comparisons,
  };
}

export function loadNow(): number {
  return loadavg()[0]!;
}

/** What an earlier run wrote. */
export function readCheck(path: string): RealCheck {
  return JSON.parse(readFileSync(path, 'utf8')) as RealCheck;
}

/** As JSON, without digits that mean nothing. */
export function textOf(check: RealCheck): string {
  return `${JSON.stringify(check, rounded, 2)}\n`;
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value;
}
