import { readFileSync, writeFileSync } from 'node:fs';
import type { FleetResult } from '../result.js';

/** What a run of the simulator showed, as it is kept. */
export interface FleetRun {
  /** By which factor the fleets and quotas were smaller than those of the scenarios. */
  readonly part: number;
  readonly node: string;
  readonly results: readonly FleetResult[];
}

/** Relative to the project's root: what docs/scale.md is made of. */
export const RESULTS = 'docs/scale/results.json';

/** Digits of a figure that is no whole number. */
const PRECISION = 5;

export function readRun(path: string): FleetRun {
  const run = JSON.parse(readFileSync(path, 'utf8')) as FleetRun;
  if (!Array.isArray(run.results))
    throw new Error(`${path} has no results; npm run fleet -- --write makes it`);
  return run;
}

export function writeRun(run: FleetRun, path: string): void {
  writeFileSync(path, runText(run));
}

/** One line for each result, so that a comparison of two runs shows which changed. */
export function runText({ results, ...run }: FleetRun): string {
  const head = JSON.stringify(run).slice(0, -1);
  const lines = results.map((result) => JSON.stringify(result, rounded));
  return `${head},"results":[\n${lines.join(',\n')}\n]}\n`;
}

function rounded(_: string, value: unknown): unknown {
  const isFraction = typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value);
  return isFraction ? Number(value.toPrecision(PRECISION)) : value;
}
