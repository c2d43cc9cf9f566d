import type { Endpoint } from './endpoint/endpoint.js';
import { measureBundles, type Bundle } from './measure/bundle.js';
import { measureHeavy, type HeavySample } from './measure/heavy.js';
import { measureLatency, type Latency } from './measure/latency.js';
import type { Progress } from './measure/progress.js';
import { measureSpool, type SpoolSample } from './measure/spool.js';
import { measureStartup, type Startup } from './measure/startup.js';
import { measureSynth, type Synth } from './measure/synth.js';
import { measureThroughput, type Throughput } from './measure/throughput.js';
import type { Measurement, Options } from './options.js';

/** Results of a run. A measurement that was not asked for is empty. */
export interface Results {
  readonly throughput: readonly Throughput[];
  readonly latency: readonly Latency[];
  readonly heavy: readonly HeavySample[];
  readonly spool: readonly SpoolSample[];
  readonly startup: readonly Startup[];
  readonly bundles: readonly Bundle[];
  readonly synth: readonly Synth[];
}

export async function measureAll(options: Options, endpoint: Endpoint, progress: Progress): Promise<Results> {
  const asked = (measurement: Measurement): boolean => options.measure.includes(measurement);
  return {
    throughput: asked('throughput') ? await measureThroughput(options, endpoint, progress) : [],
    latency: asked('latency') ? await measureLatency(options, endpoint, progress) : [],
    heavy: asked('heavy') ? await measureHeavy(endpoint) : [],
    spool: asked('spool') ? await measureSpool(options, endpoint) : [],
    startup: asked('startup') ? await measureStartup(options, endpoint, progress) : [],
    bundles: asked('bundle') ? await measureBundles() : [],
    synth: asked('synth') ? await measureSynth(options, progress) : [],
  };
}
