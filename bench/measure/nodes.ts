import type { ContestantName } from '../contestant.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { Options } from '../options.js';
import { latencyOf, type LatencyRun } from './latency.js';
import { otherNodes, type OtherNode } from './node-versions.js';
import type { Progress } from './progress.js';
import { startOnce, type Marks, type StartupName } from './startup.js';
import { throughputOf, type ThroughputRun } from './throughput.js';
import { takeTurns, type Measured } from './turns.js';

/** One short turn of every measurement, by another version of Node.js. */
export interface NodeRun {
  readonly throughput?: ThroughputRun;
  readonly latency?: LatencyRun;
  readonly start?: Marks;
}

export type NodeContestant =
  | 'empty'
  | Extract<ContestantName, 'pino-worker' | 'bare-sdk-gzip' | 'bare-sdk' | 'fapilog' | 'fapilog-worker'>;
export type NodeName = `${OtherNode} ${NodeContestant}`;
export type NodeResult = Measured<NodeName, NodeRun>;

/** What is measured of whom. The line empty is a process that does nothing. */
const CONTESTANTS: Readonly<
  Record<NodeContestant, { throughput?: true; latency?: true; start?: StartupName }>
> = {
  empty: { start: 'empty, ES module' },
  'pino-worker': { throughput: true, latency: true },
  'bare-sdk': { throughput: true, start: 'bare-sdk, ES module' },
  'bare-sdk-gzip': { throughput: true },
  fapilog: { throughput: true, latency: true, start: 'fapilog, ES module' },
  'fapilog-worker': { throughput: true, latency: true },
};

/** Measures this project beside the AWS client and pino, by other versions of Node.js. */
export async function measureNodes(
  { networkEvents, networkRepetitions }: Options,
  endpoint: Endpoint,
  progress: Progress,
): Promise<NodeResult[]> {
  const nodes = otherNodes();
  const names = [...nodes.keys()].flatMap((version) =>
    (Object.keys(CONTESTANTS) as NodeContestant[]).map((name): NodeName => `${version} ${name}`),
  );
  return takeTurns({
    what: 'nodes',
    names,
    repetitions: networkRepetitions,
    progress,
    async run(each) {
      const [version, name] = each.split(' ') as [OtherNode, NodeContestant];
      const node = nodes.get(version);
      const child = { endpoint: endpoint.url, node };
      const { throughput, latency, start } = CONTESTANTS[name];
      return {
        ...(throughput && {
          throughput: await throughputOf(name as ContestantName, networkEvents, endpoint, child),
        }),
        ...(latency && {
          latency: await latencyOf(
            name as ContestantName,
            { coldSeconds: 3, latencySeconds: 1 },
            endpoint,
            child,
          ),
        }),
        ...(start && { start: await startOnce(start, endpoint, node) }),
      };
    },
  });
}
