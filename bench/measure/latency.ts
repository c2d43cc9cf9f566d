import type { LatencySample } from '../child/latency.js';
import { runChild, type ChildOptions } from '../child/run-child.js';
import type { ContestantName } from '../contestant.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { Judgement } from '../endpoint/server.js';
import type { Options } from '../options.js';
import { baselineVariables } from './baseline.js';
import type { Progress } from './progress.js';
import { takeTurns, type Measured } from './turns.js';

/** The times of a run and the fate of its events. */
export type LatencyRun = LatencySample & Judgement;

export type Latency = Measured<ContestantName, LatencyRun>;

/** Contestants with a log call to time. */
export function measureLatency(options: Options, endpoint: Endpoint, progress: Progress): Promise<Latency[]> {
  return takeTurns({
    what: 'latency',
    names: options.latencyOf,
    repetitions: options.latencyRepetitions,
    progress,
    run: (name) =>
      latencyOf(name, options, endpoint, { endpoint: endpoint.url, variables: baselineVariables(options) }),
  });
}

export async function latencyOf(
  name: ContestantName,
  { coldSeconds, latencySeconds }: Pick<Options, 'coldSeconds' | 'latencySeconds'>,
  endpoint: Endpoint,
  child: ChildOptions,
): Promise<LatencyRun> {
  await endpoint.verdict(0);
  const sample = await runChild<LatencySample>('dist/build/bench/child/latency.js', {
    ...child,
    args: [name, String(coldSeconds), String(latencySeconds)],
  });
  return { ...sample, ...(await endpoint.verdict(sample.events)) };
}
