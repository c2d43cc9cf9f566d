import { runChild } from '../child/run-child.js';
import type { ThroughputSample } from '../child/throughput.js';
import { loadContestant, type ContestantName } from '../contestant.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { Judgement } from '../endpoint/server.js';
import type { Options } from '../options.js';
import type { Progress } from './progress.js';
import { rotated } from './rotation.js';

export interface ThroughputRun extends ThroughputSample, Judgement {
  readonly events: number;
}

export interface Throughput {
  readonly name: ContestantName;
  readonly configuration: string;
  readonly delivers: boolean;
  readonly runs: readonly ThroughputRun[];
  /** Why it could not be run. */
  readonly failure?: string | undefined;
}

/** A contestant that takes longer is run once: it is far behind, and the others would wait for it. */
const TOO_LONG_MS = 30_000;

/** Each contestant in a fresh process, all in turn, as often as asked for. */
export async function measureThroughput(
  { only, events, repetitions }: Options,
  endpoint: Endpoint,
  progress: Progress,
): Promise<Throughput[]> {
  const results = new Map<ContestantName, { runs: ThroughputRun[]; failure?: string }>();
  for (const name of only) results.set(name, { runs: [] });
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const name of rotated(only, repetition)) {
      const result = results.get(name)!;
      if (result.failure !== undefined || result.runs.some(({ wallMs }) => wallMs > TOO_LONG_MS)) continue;
      try {
        result.runs.push(await run(name, events, endpoint));
      } catch (error) {
        result.failure = (error as Error).message;
        await endpoint.verdict(events);
      }
      progress.say(`throughput ${repetition + 1}/${repetitions} ${name}${result.failure ? ': failed' : ''}`);
    }
  }
  return Promise.all(
    only.map(async (name) => {
      const { configuration, delivers = true } = await loadContestant(name);
      return { name, configuration, delivers, ...results.get(name)! };
    }),
  );
}

async function run(name: string, events: number, endpoint: Endpoint): Promise<ThroughputRun> {
  const sample = await runChild<ThroughputSample>('dist/esm/bench/child/throughput.js', {
    args: [name, String(events)],
    endpoint: endpoint.url,
  });
  return { ...sample, ...(await endpoint.verdict(events)), events };
}
