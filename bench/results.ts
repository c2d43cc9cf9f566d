import type { Endpoint } from './endpoint/endpoint.js';
import { measureAdapters, type AdapterResults } from './measure/adapters.js';
import { measureBundles, type Bundle } from './measure/bundle.js';
import { measureHeavy, type HeavySample } from './measure/heavy.js';
import { measureLambda, type LambdaStarts } from './measure/lambda.js';
import { measureLarge, type LargeSample } from './measure/large.js';
import { measureLatency, type Latency } from './measure/latency.js';
import { measureNetworks, type NetworkResult } from './measure/network.js';
import { measureNodes, type NodeResult } from './measure/nodes.js';
import type { Progress } from './measure/progress.js';
import { measureSpool, type SpoolSample } from './measure/spool.js';
import { measureStartup, type Startup } from './measure/startup.js';
import { measureSynth, type Synth } from './measure/synth.js';
import { measureThroughput, type Throughput } from './measure/throughput.js';
import { measureWaiting, type Waiting } from './measure/waiting.js';
import type { Measurement, Options } from './options.js';

/** Results of a run. A measurement that was not asked for is empty. */
export interface Results {
  readonly throughput: readonly Throughput[];
  readonly latency: readonly Latency[];
  readonly network: readonly NetworkResult[];
  readonly large: readonly LargeSample[];
  readonly heavy: readonly HeavySample[];
  readonly spool: readonly SpoolSample[];
  readonly waiting: readonly Waiting[];
  readonly startup: readonly Startup[];
  readonly bundles: readonly Bundle[];
  readonly lambda: readonly LambdaStarts[];
  readonly synth: Synth;
  readonly nodes: readonly NodeResult[];
  readonly adapters: AdapterResults;
}

export const NO_RESULTS: Results = {
  throughput: [],
  latency: [],
  network: [],
  large: [],
  heavy: [],
  spool: [],
  waiting: [],
  startup: [],
  bundles: [],
  lambda: [],
  synth: { cold: [], warm: [] },
  nodes: [],
  adapters: { throughput: [], latency: [] },
};

export async function measureAll(options: Options, endpoint: Endpoint, progress: Progress): Promise<Results> {
  const results = { ...NO_RESULTS };
  const measure: Record<Measurement, () => Promise<Partial<Results>>> = {
    throughput: async () => ({ throughput: await measureThroughput(options, endpoint, progress) }),
    latency: async () => ({ latency: await measureLatency(options, endpoint, progress) }),
    network: async () => ({ network: await measureNetworks(options, endpoint, progress) }),
    large: async () => ({ large: await measureLarge(options, endpoint) }),
    heavy: async () => ({ heavy: await measureHeavy(endpoint) }),
    spool: async () => ({ spool: await measureSpool(options, endpoint) }),
    waiting: async () => ({ waiting: await measureWaiting(options, endpoint, progress) }),
    startup: async () => ({ startup: await measureStartup(options, endpoint, progress) }),
    bundle: async () => ({ bundles: await measureBundles() }),
    lambda: async () => ({ lambda: await measureLambda(options, endpoint, progress) }),
    synth: async () => ({ synth: await measureSynth(options, progress) }),
    nodes: async () => ({ nodes: await measureNodes(options, endpoint, progress) }),
    adapters: async () => ({ adapters: await measureAdapters(options, endpoint, progress) }),
  };
  for (const measurement of options.measure) {
    progress.begin(measurement, 1);
    Object.assign(results, await measure[measurement]());
    progress.say(`${measurement}: done`);
  }
  return results;
}
