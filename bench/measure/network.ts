import type { ChildOptions } from '../child/run-child.js';
import type { ContestantName } from '../contestant.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { Options } from '../options.js';
import { baselineVariables } from './baseline.js';
import { certificateFile } from './certificate-file.js';
import type { Progress } from './progress.js';
import { throughputOf, type ThroughputRun } from './throughput.js';
import { takeTurns, type Measured } from './turns.js';

export const NETWORKS = ['TLS', 'answers after 25 ms'] as const;

export type Network = (typeof NETWORKS)[number];
export type NetworkName = `${ContestantName}, ${Network}`;
export type NetworkResult = Measured<NetworkName, ThroughputRun>;

/** The throughput over TLS, and with an endpoint that takes its time. */
export function measureNetworks(
  options: Options,
  endpoint: Endpoint,
  progress: Progress,
): Promise<NetworkResult[]> {
  const { networkOf, networkEvents, networkRepetitions } = options;
  const children = childOptions(endpoint, baselineVariables(options));
  const runs = new Map(
    NETWORKS.flatMap((network) =>
      networkOf.map((name): [NetworkName, () => Promise<ThroughputRun>] => [
        `${name}, ${network}`,
        () => throughputOf(name, networkEvents, endpoint, children[network]),
      ]),
    ),
  );
  return takeTurns({
    what: 'network',
    names: [...runs.keys()],
    repetitions: networkRepetitions,
    progress,
    run: (name) => runs.get(name)!(),
  });
}

function childOptions(endpoint: Endpoint, variables: NodeJS.ProcessEnv): Record<Network, ChildOptions> {
  const trusting = { ...variables, NODE_EXTRA_CA_CERTS: certificateFile(endpoint) };
  return {
    TLS: { endpoint: endpoint.tlsUrl, variables: trusting },
    'answers after 25 ms': { endpoint: endpoint.lateUrl, variables },
  };
}
