import type { Options } from '../options.js';
import type { Results } from '../results.js';
import { adaptersTable } from './adapters-table.js';
import { bundleTable } from './bundle-table.js';
import { heavyTable } from './heavy-table.js';
import { lambdaTable } from './lambda-table.js';
import { largeTable } from './large-table.js';
import { coldTable, warmTable } from './latency-table.js';
import { networkTable } from './network-table.js';
import { nodesTable } from './nodes-table.js';
import { spoolTable } from './spool-table.js';
import { startupTable } from './startup-table.js';
import { synthTable } from './synth-table.js';
import type { Table } from './table.js';
import { throughputTable } from './throughput-table.js';
import { waitingTable } from './waiting-table.js';

/** Makes the tables of what was measured. */
export function tablesOf(results: Results, { coldSeconds, latencySeconds }: Options): Table[] {
  const {
    throughput,
    latency,
    network,
    large,
    heavy,
    spool,
    waiting,
    startup,
    bundles,
    lambda,
    synth,
    nodes,
    adapters,
  } = results;
  return [
    ...unlessEmpty(throughput, () => throughputTable(throughput)),
    ...unlessEmpty(latency, () => coldTable(latency, coldSeconds)),
    ...unlessEmpty(latency, () => warmTable(latency, latencySeconds, coldSeconds)),
    ...unlessEmpty(network, () => networkTable(network)),
    ...unlessEmpty(large, () => largeTable(large)),
    ...unlessEmpty(heavy, () => heavyTable(heavy)),
    ...unlessEmpty(spool, () => spoolTable(spool, latencySeconds)),
    ...unlessEmpty(waiting, () => waitingTable(waiting)),
    ...unlessEmpty(startup, () => startupTable(startup)),
    ...unlessEmpty(bundles, () => bundleTable(bundles)),
    ...unlessEmpty(lambda, () => lambdaTable(lambda)),
    ...unlessEmpty(synth.cold, () => synthTable(synth)),
    ...unlessEmpty(nodes, () => nodesTable(nodes)),
    ...unlessEmpty(adapters.throughput, () => adaptersTable(adapters)),
  ];
}

function unlessEmpty(results: readonly unknown[], table: () => Table): Table[] {
  return results.length > 0 ? [table()] : [];
}
