import type { LatencySample } from '../child/latency.js';
import { runChild } from '../child/run-child.js';
import type { ContestantName } from '../contestant.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { Judgement } from '../endpoint/server.js';
import type { Options } from '../options.js';
import type { Progress } from './progress.js';
import { takeTurns, type Measured } from './turns.js';

/** The times of a run and the fate of its events. */
export type LatencyRun = LatencySample & Judgement;

export type Latency = Measured<ContestantName, LatencyRun>;

/** Contestants with a log call to time. */
export function measureLatency(options: Options, endpoint: Endpoint, progress: Progress): Promise<Latency[]> {
  const { latencyOf, latencyRepetitions, warmUpSeconds, latencySeconds } = options;
  return takeTurns({
    what: 'latency',
    names: latencyOf,
    repetitions: latencyRepetitions,
    progress,
    async run(name) {
      await endpoint.verdict(0);
      const sample = await runChild<LatencySample>('dist/build/bench/child/latency.js', {
        args: [name, String(warmUpSeconds), String(latencySeconds)],
        endpoint: endpoint.url,
      });
      return { ...sample, ...(await endpoint.verdict(sample.events)) };
    },
  });
}
