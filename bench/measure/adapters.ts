import { ADAPTERS } from '../contestant.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { Options } from '../options.js';
import { measureLatency, type Latency } from './latency.js';
import type { Progress } from './progress.js';
import { measureThroughput, type Throughput } from './throughput.js';

/** What loggers do through adapters, and what they do without. */
export interface AdapterResults {
  readonly throughput: readonly Throughput[];
  /** Empty in a quick run. */
  readonly latency: readonly Latency[];
}

/** Measures them as all contestants are measured. */
export async function measureAdapters(
  options: Options,
  endpoint: Endpoint,
  progress: Progress,
): Promise<AdapterResults> {
  const { adapterEvents, adapterRepetitions, timesAdapters } = options;
  const ofAdapters: Options = {
    ...options,
    only: ADAPTERS,
    events: adapterEvents,
    repetitions: adapterRepetitions,
    latencyOf: timesAdapters ? ADAPTERS : [],
    latencyRepetitions: adapterRepetitions,
  };
  const throughput = await measureThroughput(ofAdapters, endpoint, progress);
  return { throughput, latency: await measureLatency(ofAdapters, endpoint, progress) };
}
