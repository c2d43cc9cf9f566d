import { runChild, type ChildOptions } from '../child/run-child.js';
import type { ThroughputSample } from '../child/throughput.js';
import type { ContestantName } from '../contestant.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { Judgement } from '../endpoint/server.js';
import type { Options } from '../options.js';
import { baselineVariables } from './baseline.js';
import type { Progress } from './progress.js';
import { takeTurns, type Measured } from './turns.js';

export interface ThroughputRun extends ThroughputSample, Judgement {
  readonly events: number;
}

export type Throughput = Measured<ContestantName, ThroughputRun>;

/** A contestant whose run takes longer is not repeated: it is far behind, and the others would wait for it. */
const TOO_LONG_MS = 30_000;

/** Measures each contestant in a fresh process. */
export function measureThroughput(
  options: Options,
  endpoint: Endpoint,
  progress: Progress,
): Promise<Throughput[]> {
  return takeTurns({
    what: 'throughput',
    names: options.only,
    repetitions: options.repetitions,
    progress,
    isEnough: ({ wallMs }) => wallMs > TOO_LONG_MS,
    run: (name) =>
      throughputOf(name, options.events, endpoint, {
        endpoint: endpoint.url,
        variables: baselineVariables(options),
      }),
  });
}

/** One run of a contestant, and the fate of its events. */
export async function throughputOf(
  name: ContestantName,
  events: number,
  endpoint: Endpoint,
  child: ChildOptions,
): Promise<ThroughputRun> {
  await endpoint.verdict(0);
  const sample = await runChild<ThroughputSample>('dist/build/bench/child/throughput.js', {
    ...child,
    args: [name, String(events)],
  });
  return { ...sample, ...(await endpoint.verdict(events)), events };
}
