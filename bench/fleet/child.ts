import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { SinkEdges } from '../../runtime/edges.js';
import type { Restraint } from '../../runtime/send/restraint.js';
import type { FleetOptions } from './options.js';
import { resultOf, type FleetResult } from './result.js';
import { part } from './scenario.js';
import { scenarios } from './scenarios.js';
import { simulate } from './simulation.js';

/** As the sink was before it spared the quotas. */
export const UNRESTRAINED: Restraint = {
  maxSpacing: 0,
  maxPauseMs: 30_000,
  leastPauseShare: 1,
  waitsForStreams: false,
  givesWay: false,
};

/** A result is some ten kilobytes. */
const MAX_OUTPUT_BYTES = 10_000_000;

type Mode = NonNullable<FleetOptions['child']>;

/** Runs a scenario in this process. */
export async function runHere(name: string, mode: Mode, options: FleetOptions): Promise<FleetResult> {
  const sinceMs = performance.now();
  const scenario = part(
    scenarios.find((each) => each.name === name)!,
    options.part,
  );
  const isRestrained = mode === 'restrained';
  const edges: Partial<SinkEdges> = isRestrained ? {} : { restraint: UNRESTRAINED };
  const outcome = await simulate(scenario, options.seed, edges);
  const realSeconds = (performance.now() - sinceMs) / 1_000;
  return resultOf(scenario, outcome, { isRestrained, seed: options.seed, realSeconds });
}

/** Runs each scenario in a process of its own, with the restraint and without it, as many at a time as there are processors. */
export async function runAll(
  options: FleetOptions,
  done: (result: FleetResult) => void,
): Promise<FleetResult[]> {
  const runs = options.names.flatMap((name) => [
    { name, mode: 'restrained' as const },
    { name, mode: 'unrestrained' as const },
  ]);
  const results = new Map<object, FleetResult>();
  const left = [...runs];
  const work = async (): Promise<void> => {
    for (let run = left.shift(); run; run = left.shift()) {
      const result = await runInChild(run.name, run.mode, options);
      results.set(run, result);
      done(result);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return runs.map((run) => results.get(run)!);
}

async function runInChild(name: string, mode: Mode, { part: of, seed }: FleetOptions): Promise<FleetResult> {
  const program = fileURLToPath(new URL('../fleet.js', import.meta.url));
  const args = ['--scenario', name, '--part', String(of), '--seed', String(seed), '--child', mode];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    // The heap is what lives, and not what the collector has not looked at.
    ['--expose-gc', '--max-old-space-size=8192', program, ...args],
    { maxBuffer: MAX_OUTPUT_BYTES },
  );
  return JSON.parse(stdout) as FleetResult;
}
